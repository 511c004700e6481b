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
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.springframework.stereotype.Component;

/**
 * Submits and starts a staged set, and scores at once what needs no remote job. Before each step that reaches out, what it
 * needs is committed: the intent before the submit, the id before the start.
 */
@Component
class Launch {
    private final Outcomes outcomes;
    private final Intents intents;
    private final Calls calls;
    private final Guarded guarded;
    private final Submit submit;
    private final Orphans orphans;
    private final Start start;
    private final Execute execute;
    private final Wakeups wakeups;

    Launch(
            Outcomes outcomes,
            Intents intents,
            Calls calls,
            Guarded guarded,
            Submit submit,
            Orphans orphans,
            Start start,
            Execute execute,
            Wakeups wakeups) {
        this.outcomes = outcomes;
        this.intents = intents;
        this.calls = calls;
        this.guarded = guarded;
        this.submit = submit;
        this.orphans = orphans;
        this.start = start;
        this.execute = execute;
        this.wakeups = wakeups;
    }

    /** Commits the outcomes of staging a set, and brings each scoring that is still held as far as it goes. */
    void launch(List<? extends Outcome> staging) {
        List<Claim> held = outcomes.commit(staging);
        List<Claim> staged = at(Step.STAGED, held);
        List<Claim> fresh = submit(those(staged, Predicate.not(execute::suits)));
        List<Claim> recovered = at(Step.SUBMITTED, held);
        List<Outcome> started = new ArrayList<>(calls.each(fresh, claim -> guarded.run(claim, start::first)));
        started.addAll(calls.each(recovered, claim -> guarded.run(claim, start::again)));
        outcomes.commit(started);
        execute(those(staged, execute::suits));
    }

    /** After the others: these calls are the only ones that wait for the work itself. */
    private void execute(List<Claim> small) {
        if (!small.isEmpty()) {
            outcomes.commit(send(small, execute::execute));
            wakeups.ringHere(Sweep.COLLECT, small.getFirst().endpoint());
        }
    }

    private List<Claim> submit(List<Claim> staged) {
        List<Claim> welcome = outcomes.commit(calls.each(staged, claim -> guarded.run(claim, submit::knock)));
        List<Outcome> answers = send(welcome, submit::submit);
        List<Claim> bound = outcomes.commit(answers);
        orphans.cancel(answers, bound);
        return bound;
    }

    /** Makes a call for each claim that still holds, under an intent of its own. */
    private List<Outcome> send(List<Claim> claims, BiFunction<Claim, UUID, Outcome> call) {
        Map<Long, UUID> nonces = intents.open(claims);
        return calls.each(
                those(claims, c -> nonces.containsKey(c.scoring())),
                claim -> guarded.run(claim, c -> call.apply(c, Objects.requireNonNull(nonces.get(c.scoring())))));
    }

    private static List<Claim> at(Step step, List<Claim> claims) {
        return those(claims, c -> c.position().step() == step);
    }

    private static List<Claim> those(List<Claim> claims, Predicate<Claim> which) {
        return claims.stream().filter(which).toList();
    }
}
