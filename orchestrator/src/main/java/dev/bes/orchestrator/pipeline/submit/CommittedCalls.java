package dev.bes.orchestrator.pipeline.submit;

import dev.bes.orchestrator.pipeline.ConcurrentCalls;
import dev.bes.orchestrator.pipeline.ItemGuard;
import dev.bes.orchestrator.pipeline.Outcome;
import dev.bes.orchestrator.pipeline.OutcomeCommit;
import dev.bes.orchestrator.pipeline.OutcomeCommit.Committed;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.move.SubmitIntents;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/** Makes one call for each claim of a set, side by side, and commits what they found out in one transaction. */
@Component
public class CommittedCalls {
    private final ConcurrentCalls concurrentCalls;
    private final ItemGuard itemGuard;
    private final OutcomeCommit outcomeCommit;
    private final SubmitIntents submitIntents;

    public CommittedCalls(
            ConcurrentCalls concurrentCalls,
            ItemGuard itemGuard,
            OutcomeCommit outcomeCommit,
            SubmitIntents submitIntents) {
        this.concurrentCalls = concurrentCalls;
        this.itemGuard = itemGuard;
        this.outcomeCommit = outcomeCommit;
        this.submitIntents = submitIntents;
    }

    /** Makes the calls for the claims that still hold. */
    Committed make(List<Claim> claims, Function<Claim, Outcome> call) {
        return claims.isEmpty()
                ? Committed.NOTHING
                : outcomeCommit.commit(concurrentCalls.each(claims, claim -> itemGuard.run(claim, call)));
    }

    /** Makes each call under an intent of its own, which is committed before any of them is made. */
    public Committed makeIntended(List<Claim> claims, BiFunction<Claim, UUID, Outcome> call) {
        Map<Long, UUID> nonces = submitIntents.open(claims);
        return make(
                Submission.those(claims, claim -> nonces.containsKey(claim.scoring())),
                claim -> call.apply(claim, Objects.requireNonNull(nonces.get(claim.scoring()))));
    }
}
