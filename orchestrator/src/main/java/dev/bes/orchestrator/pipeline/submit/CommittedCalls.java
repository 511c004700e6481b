package dev.bes.orchestrator.pipeline.submit;

import dev.bes.orchestrator.pipeline.Calls;
import dev.bes.orchestrator.pipeline.Guarded;
import dev.bes.orchestrator.pipeline.Outcome;
import dev.bes.orchestrator.pipeline.Outcomes;
import dev.bes.orchestrator.pipeline.Outcomes.Committed;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.move.Intents;
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
    private final Calls calls;
    private final Guarded guarded;
    private final Outcomes outcomes;
    private final Intents intents;

    public CommittedCalls(Calls calls, Guarded guarded, Outcomes outcomes, Intents intents) {
        this.calls = calls;
        this.guarded = guarded;
        this.outcomes = outcomes;
        this.intents = intents;
    }

    /** Makes the calls for the claims that still hold. */
    Committed make(List<Claim> claims, Function<Claim, Outcome> call) {
        return claims.isEmpty()
                ? Committed.NOTHING
                : outcomes.commit(calls.each(claims, claim -> guarded.run(claim, call)));
    }

    /** Makes each call under an intent of its own, which is committed before any of them is made. */
    public Committed makeIntended(List<Claim> claims, BiFunction<Claim, UUID, Outcome> call) {
        Map<Long, UUID> nonces = intents.open(claims);
        return make(
                Submission.those(claims, claim -> nonces.containsKey(claim.scoring())),
                claim -> call.apply(claim, Objects.requireNonNull(nonces.get(claim.scoring()))));
    }
}
