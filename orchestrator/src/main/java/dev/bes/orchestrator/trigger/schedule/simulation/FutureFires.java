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
    private final ScheduleTimes times;
    private final Instant to;
    private Optional<PlannedFire> next;
    /** The fire time of the run that ends last. */
    private Instant last = Instant.MIN;

    private Instant lastEnd = Instant.MIN;

    /**
     * The fire times in a span.
     *
     * @param from the first time, included
     * @param to the last time, not included
     */
    FutureFires(SimulatedSchedule simulated, Instant from, Instant to) {
        this.simulated = simulated;
        this.times = new ScheduleTimes(simulated.definition(), simulated.schedule());
        this.to = to;
        this.next = times.after(from.minusMillis(1));
    }

    @Override
    public boolean hasNext() {
        return next.filter(fire -> fire.time().isBefore(to)).isPresent();
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

    private SimulatedFire started(FireDecision decision, Instant at) {
        Instant end = at.plus(simulated.runTime());
        if (end.isAfter(lastEnd) || simulated.schedule().overlap() == Overlap.CANCEL_PREVIOUS) {
            last = decision.time();
            lastEnd = end;
        }
        return fire(decision, at);
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
