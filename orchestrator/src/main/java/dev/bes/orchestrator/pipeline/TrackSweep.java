package dev.bes.orchestrator.pipeline;

import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.Claims;
import dev.bes.orchestrator.run.Sweep;
import dev.bes.orchestrator.run.Wakeups;
import java.util.List;
import org.springframework.stereotype.Component;

/** Polls started jobs when they are due, and sees cancellations through. */
@Component
class TrackSweep implements Sweeper {
    private final Claims claims;
    private final Leases leases;
    private final Calls calls;
    private final Poll poll;
    private final Stop stop;
    private final Outcomes outcomes;
    private final Wakeups wakeups;
    private final PipelineSettings settings;

    TrackSweep(
            Claims claims,
            Leases leases,
            Calls calls,
            Poll poll,
            Stop stop,
            Outcomes outcomes,
            Wakeups wakeups,
            PipelineSettings settings) {
        this.claims = claims;
        this.leases = leases;
        this.calls = calls;
        this.poll = poll;
        this.stop = stop;
        this.outcomes = outcomes;
        this.wakeups = wakeups;
        this.settings = settings;
    }

    @Override
    public Sweep sweep() {
        return Sweep.TRACK;
    }

    @Override
    public int loops() {
        return 1;
    }

    @Override
    public int sweepOnce(String endpoint) {
        List<Claim> set = claims.claim(Sweep.TRACK, endpoint, Integer.MAX_VALUE, settings.setSize(), settings.lease());
        if (!set.isEmpty()) {
            leases.holding(set, () -> {
                outcomes.commit(calls.each(set, c -> c.stopping() == null ? poll.poll(c) : stop.stop(c, c.stopping())));
                wakeups.ringHere(Sweep.COLLECT);
            });
        }
        return set.size();
    }
}
