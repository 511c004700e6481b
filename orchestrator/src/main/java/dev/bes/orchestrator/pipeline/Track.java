package dev.bes.orchestrator.pipeline;

import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.Sweep;
import dev.bes.orchestrator.run.Wakeups;
import java.util.List;
import org.springframework.stereotype.Component;

/** Polls started jobs that are due, and sees cancellations through. */
@Component
class Track {
    private final Calls calls;
    private final Poll poll;
    private final Stop stop;
    private final Outcomes outcomes;
    private final Wakeups wakeups;

    Track(Calls calls, Poll poll, Stop stop, Outcomes outcomes, Wakeups wakeups) {
        this.calls = calls;
        this.poll = poll;
        this.stop = stop;
        this.outcomes = outcomes;
        this.wakeups = wakeups;
    }

    /** Asks for each job of a set how it stands, or stops it, and commits what was found out. */
    void follow(List<Claim> set) {
        outcomes.commit(calls.each(set, c -> c.stopping() == null ? poll.poll(c) : stop.stop(c, c.stopping())));
        wakeups.ringHere(Sweep.COLLECT);
    }
}
