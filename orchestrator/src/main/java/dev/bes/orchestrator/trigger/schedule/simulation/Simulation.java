package dev.bes.orchestrator.trigger.schedule.simulation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * The fire times of some schedules in a span of time, in order, with what becomes of each. It assumes that a node is always
 * there, that each run is accepted and lasts as long as is said, and that nobody pauses or resumes a schedule.
 *
 * @param fires the fire times; at the same time by names of definitions and schedules
 * @param complete whether these are all; otherwise the limit was reached
 */
public record Simulation(List<SimulatedFire> fires, boolean complete) {
    private static final Comparator<SimulatedSchedule> BY_NAME = Comparator.comparing(SimulatedSchedule::definition)
            .thenComparing(simulated -> simulated.schedule().name());

    /**
     * Simulates.
     *
     * @param from the first time, included
     * @param to the last time, not included
     * @param limit the most fire times
     */
    public static Simulation of(List<SimulatedSchedule> schedules, Instant from, Instant to, int limit) {
        // only the next fire time of each schedule is there: of a schedule of seconds a year has millions
        PriorityQueue<Next> queue = new PriorityQueue<>();
        for (SimulatedSchedule schedule : schedules.stream().sorted(BY_NAME).toList()) {
            add(queue, queue.size(), new FutureFires(schedule, from, to));
        }
        List<SimulatedFire> fires = new ArrayList<>();
        while (!queue.isEmpty() && fires.size() < limit) {
            Next next = queue.remove();
            fires.add(next.fire);
            add(queue, next.order, next.following);
        }
        return new Simulation(fires, queue.isEmpty());
    }

    private static void add(PriorityQueue<Next> queue, int order, Iterator<SimulatedFire> fires) {
        if (fires.hasNext()) {
            SimulatedFire fire = fires.next();
            queue.add(new Next(fire.decision().time(), order, fire, fires));
        }
    }

    /**
     * The next fire time of a schedule.
     *
     * @param order where its schedule stands among those that fire at the same time
     * @param following those after it
     */
    private record Next(Instant time, int order, SimulatedFire fire, Iterator<SimulatedFire> following)
            implements Comparable<Next> {
        @Override
        public int compareTo(Next other) {
            int byTime = time.compareTo(other.time);
            return byTime == 0 ? Integer.compare(order, other.order) : byTime;
        }
    }
}
