package dev.bes.orchestrator.pipeline.submit;

import dev.bes.orchestrator.pipeline.ConcurrentCalls;
import dev.bes.orchestrator.pipeline.ItemGuard;
import dev.bes.orchestrator.pipeline.Outcome;
import dev.bes.orchestrator.pipeline.OutcomeCommitter;
import dev.bes.orchestrator.pipeline.OutcomeCommitter.Committed;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.move.SubmitIntents;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/** Makes one remote call for each claim of a set in parallel, and commits their outcomes together. */
@Component
public class SubmitCalls {
    private final ConcurrentCalls concurrentCalls;
    private final ItemGuard itemGuard;
    private final OutcomeCommitter outcomeCommitter;
    private final SubmitIntents submitIntents;

    public SubmitCalls(
            ConcurrentCalls concurrentCalls,
            ItemGuard itemGuard,
            OutcomeCommitter outcomeCommitter,
            SubmitIntents submitIntents) {
        this.concurrentCalls = concurrentCalls;
        this.itemGuard = itemGuard;
        this.outcomeCommitter = outcomeCommitter;
        this.submitIntents = submitIntents;
    }

    /** Makes the calls for the claims that this node still holds. */
    Committed call(List<Claim> claims, Function<Claim, Outcome> call) {
        return claims.isEmpty()
                ? Committed.EMPTY
                : outcomeCommitter.commit(concurrentCalls.map(claims, claim -> itemGuard.run(claim, call)));
    }

    /** Makes the calls after committing an intent for each: a nonce that identifies the call. */
    public Committed callWithIntents(List<Claim> claims, BiFunction<Claim, UUID, Outcome> call) {
        Map<Long, UUID> nonces = submitIntents.open(claims);
        return call(
                Submission.those(claims, claim -> nonces.containsKey(claim.scoring())),
                claim -> call.apply(claim, Objects.requireNonNull(nonces.get(claim.scoring()))));
    }
}
