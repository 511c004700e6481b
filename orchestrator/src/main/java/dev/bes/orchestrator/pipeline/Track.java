package dev.bes.orchestrator.pipeline;

import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.Step;
import dev.bes.orchestrator.run.Sweep;
import dev.bes.orchestrator.run.Wakeups;
import java.util.List;
import org.springframework.stereotype.Component;

/** Polls started jobs that are due, and sees cancellations through. */
@Component
class Track {
    private final Calls calls;
    private final Guarded guarded;
    private final Poll poll;
    private final Stop stop;
    private final Outcomes outcomes;
    private final Polling polling;
    private final Wakeups wakeups;

    Track(Calls calls, Guarded guarded, Poll poll, Stop stop, Outcomes outcomes, Polling polling, Wakeups wakeups) {
        this.calls = calls;
        this.guarded = guarded;
        this.poll = poll;
        this.stop = stop;
        this.outcomes = outcomes;
        this.polling = polling;
        this.wakeups = wakeups;
    }

    /** Asks for each job of a set how it stands, or stops it, and commits what was found out. */
    void follow(List<Claim> set) {
        List<Outcome> found = calls.each(set, claim -> guarded.run(claim, this::look));
        outcomes.commit(found);
        List<Claim> finished = finished(found);
        if (!finished.isEmpty()) {
            wakeups.ringHere(Sweep.COLLECT, finished.getFirst().endpoint());
        }
        polling.learn(finished);
    }

    private static List<Claim> finished(List<Outcome> found) {
        return found.stream()
                .filter(o -> o instanceof Outcome.Moves(var move) && move.to().step() == Step.SCORED)
                .map(o -> ((Outcome.Moves) o).move().claim())
                .toList();
    }

    private Outcome look(Claim claim) {
        return claim.stopping() == null ? poll.poll(claim) : stop.stop(claim, claim.stopping());
    }
}
