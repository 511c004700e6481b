package dev.bes.orchestrator.pipeline;

import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.Intents;
import dev.bes.orchestrator.run.Step;
import dev.bes.orchestrator.run.Sweep;
import dev.bes.orchestrator.run.Wakeups;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemWriter;
import org.springframework.stereotype.Component;

/**
 * Submits and starts a staged set. Before each step that reaches out, what it needs is committed: the intent before the
 * submit, the id before the start.
 */
@Component
class Launch implements ItemWriter<Outcome> {
    private final Outcomes outcomes;
    private final Intents intents;
    private final Calls calls;
    private final Guarded guarded;
    private final Submit submit;
    private final Orphans orphans;
    private final Start start;
    private final Wakeups wakeups;

    Launch(
            Outcomes outcomes,
            Intents intents,
            Calls calls,
            Guarded guarded,
            Submit submit,
            Orphans orphans,
            Start start,
            Wakeups wakeups) {
        this.outcomes = outcomes;
        this.intents = intents;
        this.calls = calls;
        this.guarded = guarded;
        this.submit = submit;
        this.orphans = orphans;
        this.start = start;
        this.wakeups = wakeups;
    }

    @Override
    public void write(Chunk<? extends Outcome> chunk) {
        List<Claim> held = outcomes.commit(chunk.getItems());
        List<Claim> fresh = submit(at(Step.STAGED, held));
        List<Claim> recovered = at(Step.SUBMITTED, held);
        List<Outcome> started = new ArrayList<>(calls.each(fresh, claim -> guarded.run(claim, start::first)));
        started.addAll(calls.each(recovered, claim -> guarded.run(claim, start::again)));
        outcomes.commit(started);
        wakeups.ringHere(Sweep.TRACK);
    }

    private List<Claim> submit(List<Claim> staged) {
        List<Claim> welcome = outcomes.commit(calls.each(staged, claim -> guarded.run(claim, submit::knock)));
        Map<Long, UUID> nonces = intents.open(welcome);
        List<Claim> intended =
                welcome.stream().filter(c -> nonces.containsKey(c.scoring())).toList();
        List<Outcome> answers = calls.each(
                intended,
                claim -> guarded.run(claim, c -> submit.submit(c, Objects.requireNonNull(nonces.get(c.scoring())))));
        List<Claim> bound = outcomes.commit(answers);
        orphans.cancel(answers, bound);
        return bound;
    }

    private static List<Claim> at(Step step, List<Claim> claims) {
        return claims.stream().filter(c -> c.position().step() == step).toList();
    }
}
