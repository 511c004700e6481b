package dev.bes.orchestrator.trigger.schedule.simulation;

import dev.bes.orchestrator.run.pool.Pool.Limits;
import dev.bes.orchestrator.run.pool.Pool.Rate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** A pool whose runs take their slots in the order of their fire times. A run counts as one scoring. */
final class SimulatedPool {
    private final @Nullable Limits limits;
    private final PriorityQueue<Instant> ends = new PriorityQueue<>();
    private final Deque<Instant> launches = new ArrayDeque<>();

    /** @param limits what it allows; null for a pool that does not exist, which lets nothing start */
    SimulatedPool(@Nullable Limits limits) {
        this.limits = limits;
    }

    /**
     * Takes a slot.
     *
     * @param wanted the earliest time
     * @return when the run starts; null if it never does
     */
    @Nullable
    Instant start(Instant wanted, Duration runTime) {
        if (limits == null || limits.slots() == 0) {
            return null;
        }
        Instant start = withinRate(wanted, limits.rate());
        while (!ends.isEmpty() && !ends.element().isAfter(start)) {
            ends.remove();
        }
        if (ends.size() >= limits.slots()) {
            start = withinRate(ends.remove(), limits.rate());
        }
        ends.add(start.plus(runTime));
        if (limits.rate() != null) {
            launches.addLast(start);
        }
        return start;
    }

    private Instant withinRate(Instant wanted, @Nullable Rate rate) {
        if (rate == null) {
            return wanted;
        }
        while (launches.size() > rate.launches()) {
            launches.removeFirst();
        }
        if (launches.size() < rate.launches()) {
            return wanted;
        }
        Instant free = launches.element().plus(rate.period());
        return free.isAfter(wanted) ? free : wanted;
    }
}
