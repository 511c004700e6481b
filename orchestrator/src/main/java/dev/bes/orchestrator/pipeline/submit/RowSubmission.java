package dev.bes.orchestrator.pipeline.submit;

import dev.bes.orchestrator.pipeline.Outcome;
import dev.bes.orchestrator.pipeline.PipelineSettings;
import dev.bes.orchestrator.pipeline.RetryPolicy;
import dev.bes.orchestrator.pipeline.rows.RowCheck;
import dev.bes.orchestrator.remote.RemoteException;
import dev.bes.orchestrator.remote.RowService;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.Move;
import dev.bes.orchestrator.run.Step;
import dev.bes.orchestrator.run.Sweep;
import dev.bes.orchestrator.run.claim.WakeUps;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * The protocol of services that score rows and have no jobs: the input is checked against the model, and the nonce of the intent
 * is committed as the name of the work, which is ours. The track sweep scores the rows.
 */
@Component
public class RowSubmission {
    private final SubmitCalls calls;
    private final RowCheck check;
    private final RetryPolicy retryPolicy;
    private final WakeUps wakeUps;
    private final PipelineSettings settings;

    public RowSubmission(
            SubmitCalls calls, RowCheck check, RetryPolicy retryPolicy, WakeUps wakeUps, PipelineSettings settings) {
        this.calls = calls;
        this.check = check;
        this.retryPolicy = retryPolicy;
        this.wakeUps = wakeUps;
        this.settings = settings;
    }

    /**
     * Checks the inputs of scorings, hands the scorings over to the track sweep, and commits the outcomes.
     *
     * @param claims claims of one endpoint at STAGED, or left at SUBMITTED by an earlier claim
     */
    public void launch(RowService service, List<Claim> claims) {
        List<Claim> checked = calls.call(Submission.at(Step.STAGED, claims), claim -> check(service, claim))
                .held();
        List<Claim> named = calls.callWithIntents(
                        checked,
                        (claim, nonce) ->
                                Outcome.move(Move.submitted(claim, nonce, nonce.toString(), settings.lease())))
                .held();
        List<Claim> all = Stream.concat(named.stream(), Submission.at(Step.SUBMITTED, claims).stream())
                .toList();
        calls.call(all, claim -> Outcome.move(Move.started(claim, Duration.ZERO)));
        all.stream().findFirst().ifPresent(claim -> wakeUps.ringHere(Sweep.TRACK, claim.endpoint()));
    }

    private Outcome check(RowService service, Claim claim) {
        try {
            check.check(service, claim);
            return new Outcome.Unchanged(claim);
        } catch (RemoteException e) {
            boolean retry = SubmitRules.isRetryable(e)
                    || e instanceof RemoteException.Throttled
                    || e instanceof RemoteException.Unavailable;
            return retry
                    ? retryPolicy.retryCall(claim, "The input is checked against the model later: ", e)
                    : Outcome.move(Move.failed(claim, "The model does not score it: " + e.getMessage(), null));
        }
    }
}
