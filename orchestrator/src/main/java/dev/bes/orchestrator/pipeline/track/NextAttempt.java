package dev.bes.orchestrator.pipeline.track;

import dev.bes.orchestrator.pipeline.Outcome;
import dev.bes.orchestrator.pipeline.RetryPolicy;
import dev.bes.orchestrator.pipeline.UnreadInput;
import dev.bes.orchestrator.remote.JobStatus;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.Move;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Decides what follows an attempt whose remote job is known to have ended: another one, or the end of the scoring. */
@Component
public class NextAttempt {
    private final RetryPolicy retryPolicy;

    public NextAttempt(RetryPolicy retryPolicy) {
        this.retryPolicy = retryPolicy;
    }

    /** What follows a job that says of itself that it has failed. */
    Outcome afterFailure(Claim claim, JobStatus status, String cause) {
        return UnreadInput.isCause(claim, status)
                ? UnreadInput.again(claim, retryPolicy, String.valueOf(status.details()), status.word())
                : orFail(claim, cause, status.word());
    }

    public Outcome orFail(Claim claim, String cause, @Nullable String word) {
        boolean again = claim.attemptsMade() < claim.definition().attempts().max();
        return Outcome.move(
                again
                        ? Move.tryAgain(claim, retryPolicy.beforeNextAttempt(claim), cause, word)
                        : Move.failed(claim, cause, word));
    }
}
