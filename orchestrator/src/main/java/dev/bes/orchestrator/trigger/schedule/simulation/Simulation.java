package dev.bes.orchestrator.trigger.schedule.simulation;

import dev.bes.orchestrator.run.pool.Pool.Limits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * The fire times of some schedules in a span of time, in order, with what becomes of each. It assumes that a node is always
 * there, that each run is accepted and lasts as long as is said, that nobody pauses or resumes a schedule, and that only these
 * runs take slots of pools, one each.
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
     * @param pools what pools allow, by name
     * @param from the first time, included
     * @param to the last time, not included
     * @param limit the most fire times
     */
    public static Simulation of(
            List<SimulatedSchedule> schedules, Map<String, Limits> pools, Instant from, Instant to, int limit) {
        Map<String, SimulatedPool> used = new HashMap<>();
        // only the next fire time of each schedule is there: of a schedule of seconds a year has millions
        PriorityQueue<Next> queue = new PriorityQueue<>();
        for (SimulatedSchedule schedule : schedules.stream().sorted(BY_NAME).toList()) {
            String pool = schedule.pool();
            SimulatedPool slots =
                    pool == null ? null : used.computeIfAbsent(pool, name -> new SimulatedPool(pools.get(name)));
            add(queue, queue.size(), new FutureFires(schedule, slots, from, to));
        }
        List<SimulatedFire> fires = new ArrayList<>();
        while (!queue.isEmpty() && fires.size() < limit) {
            Next next = queue.remove();
            // decided only now: runs of earlier fire times have taken their slots
            fires.add(next.fires.next());
            add(queue, next.order, next.fires);
        }
        return new Simulation(fires, queue.isEmpty());
    }

    private static void add(PriorityQueue<Next> queue, int order, FutureFires fires) {
        if (fires.hasNext()) {
            queue.add(new Next(fires.nextTime(), order, fires));
        }
    }

    /**
     * The next fire time of a schedule.
     *
     * @param order where its schedule stands among those that fire at the same time
     */
    private record Next(Instant time, int order, FutureFires fires) implements Comparable<Next> {
        @Override
        public int compareTo(Next other) {
            int byTime = time.compareTo(other.time);
            return byTime == 0 ? Integer.compare(order, other.order) : byTime;
        }
    }
}
