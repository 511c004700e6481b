package dev.bes.orchestrator.trigger.schedule.simulation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * The fire times of some schedules in a span of time, in order, with what becomes of each. It assumes that a node is always
 * there, that each run is accepted and lasts as long as is said, and that nobody pauses or resumes a schedule.
 *
 * @param fires the fire times
 * @param complete whether these are all; otherwise the limit was reached
 */
public record Simulation(List<SimulatedFire> fires, boolean complete) {
    private static final Comparator<SimulatedFire> ORDER = Comparator.comparing(
                    (SimulatedFire fire) -> fire.decision().time())
            .thenComparing(SimulatedFire::definition)
            .thenComparing(SimulatedFire::schedule);

    /**
     * Simulates.
     *
     * @param from the first time, included
     * @param to the last time, not included
     * @param limit the most fire times
     */
    public static Simulation of(List<SimulatedSchedule> schedules, Instant from, Instant to, int limit) {
        // only the next fire time of each schedule is there: of a schedule of seconds a year has millions
        PriorityQueue<Next> next = new PriorityQueue<>(Comparator.comparing(Next::fire, ORDER));
        schedules.forEach(
                schedule -> Next.of(new FutureFires(schedule, from, to)).ifPresent(next::add));
        List<SimulatedFire> fires = new ArrayList<>();
        while (!next.isEmpty() && fires.size() < limit) {
            Next first = next.remove();
            fires.add(first.fire);
            Next.of(first.following).ifPresent(next::add);
        }
        return new Simulation(fires, next.isEmpty());
    }

    private record Next(SimulatedFire fire, Iterator<SimulatedFire> following) {
        static Optional<Next> of(Iterator<SimulatedFire> fires) {
            return fires.hasNext() ? Optional.of(new Next(fires.next(), fires)) : Optional.empty();
        }
    }
}
