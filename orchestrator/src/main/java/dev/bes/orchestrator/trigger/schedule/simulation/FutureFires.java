package dev.bes.orchestrator.trigger.schedule.simulation;

import dev.bes.orchestrator.definition.Triggers.Overlap;
import dev.bes.orchestrator.definition.Triggers.Schedule;
import dev.bes.orchestrator.trigger.schedule.fire.FireDecision;
import dev.bes.orchestrator.trigger.schedule.fire.FireDecision.Outcome;
import dev.bes.orchestrator.trigger.schedule.fire.FireRules;
import dev.bes.orchestrator.trigger.schedule.time.PlannedFire;
import dev.bes.orchestrator.trigger.schedule.time.ScheduleTimes;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The fire times of one schedule, each decided when it is due, after those before it. */
final class FutureFires implements Iterator<SimulatedFire> {
    private final SimulatedSchedule simulated;
    private final @Nullable SimulatedPool pool;
    private final ScheduleTimes times;
    private final Instant to;
    private Optional<PlannedFire> next;
    /** The fire time of the run that ends last. */
    private Instant last = Instant.MIN;

    private Instant lastEnd = Instant.MIN;

    /**
     * The fire times in a span.
     *
     * @param pool whose slots its runs take; null for none
     * @param from the first time, included
     * @param to the last time, not included
     */
    FutureFires(SimulatedSchedule simulated, @Nullable SimulatedPool pool, Instant from, Instant to) {
        this.simulated = simulated;
        this.pool = pool;
        this.times = new ScheduleTimes(simulated.definition(), simulated.schedule());
        this.to = to;
        this.next = times.after(from.minusMillis(1));
    }

    @Override
    public boolean hasNext() {
        return next.filter(fire -> fire.time().isBefore(to)).isPresent();
    }

    /** The next fire time, which is decided by {@link #next}. */
    Instant nextTime() {
        return next.orElseThrow().time();
    }

    @Override
    public SimulatedFire next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        PlannedFire fire = next.orElseThrow();
        next = times.after(fire.time());
        return decided(fire);
    }

    private SimulatedFire decided(PlannedFire fire) {
        String pause = simulated.pause();
        if (pause != null) {
            // what is made up for is known when it is resumed
            return fire(new FireDecision(fire.time(), Outcome.PAUSED, pause), null);
        }
        Schedule schedule = simulated.schedule();
        FireDecision alone =
                FireRules.decide(schedule, List.of(fire), fire.due(), null).getFirst();
        String unfinished = lastEnd.isAfter(fire.due()) ? "the run for " + last : null;
        FireDecision decision = FireRules.overlapped(schedule, alone, unfinished);
        return switch (decision.outcome()) {
            case STARTING -> started(decision.with(Outcome.STARTED, decision.reason()), fire.due());
            case QUEUED -> started(decision, lastEnd);
            default -> fire(decision, null);
        };
    }

    private SimulatedFire started(FireDecision decision, Instant wanted) {
        Instant start = pool == null ? wanted : pool.start(wanted, simulated.runTime());
        // a run that never starts never ends
        Instant end = start == null ? Instant.MAX : start.plus(simulated.runTime());
        if (end.isAfter(lastEnd) || simulated.schedule().overlap() == Overlap.CANCEL_PREVIOUS) {
            last = decision.time();
            lastEnd = end;
        }
        return fire(wanted.equals(start) ? decision : decision.with(decision.outcome(), waits(decision, start)), start);
    }

    private String waits(FireDecision decision, @Nullable Instant start) {
        String wait = start == null
                ? "waits for pool '%s', which lets none start".formatted(simulated.pool())
                : "waits for pool '%s'".formatted(simulated.pool());
        return decision.reason() == null ? wait : decision.reason() + "; " + wait;
    }

    private SimulatedFire fire(FireDecision decision, @Nullable Instant startsAt) {
        return new SimulatedFire(
                simulated.definition(),
                simulated.schedule().name(),
                simulated.schedule().zone(),
                decision,
                startsAt);
    }
}
