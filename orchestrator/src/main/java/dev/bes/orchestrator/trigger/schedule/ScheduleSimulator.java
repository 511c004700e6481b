package dev.bes.orchestrator.trigger.schedule;

import dev.bes.orchestrator.definition.Definition;
import dev.bes.orchestrator.definition.Triggers.Overlap;
import dev.bes.orchestrator.definition.Triggers.Schedule;
import dev.bes.orchestrator.run.pool.Pool;
import dev.bes.orchestrator.run.pool.Pool.Limits;
import dev.bes.orchestrator.run.pool.PoolReader;
import dev.bes.orchestrator.run.query.ScheduleRuns;
import dev.bes.orchestrator.trigger.schedule.SchedulePauses.Pause;
import dev.bes.orchestrator.trigger.schedule.SchedulePauses.ScheduleKey;
import dev.bes.orchestrator.trigger.schedule.fire.FireDecision.Outcome;
import dev.bes.orchestrator.trigger.schedule.simulation.SimulatedFire;
import dev.bes.orchestrator.trigger.schedule.simulation.SimulatedSchedule;
import dev.bes.orchestrator.trigger.schedule.simulation.Simulation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Simulates the schedules of definitions, with what is known about their runs and pauses. */
@Component
public class ScheduleSimulator {
    private static final int MOST_COMPARED = 10_000;

    private final SchedulePauses pauses;
    private final ScheduleRuns runs;
    private final PoolReader pools;

    ScheduleSimulator(SchedulePauses pauses, ScheduleRuns runs, PoolReader pools) {
        this.pauses = pauses;
        this.runs = runs;
        this.pools = pools;
    }

    /**
     * The fire times in a span.
     *
     * @param from the first time, included
     * @param to the last time, not included
     * @param runTime how long each run lasts; null for what the last runs of its definition took
     * @param limit the most fire times
     */
    public Simulation simulate(
            List<Definition> definitions, Instant from, Instant to, @Nullable Duration runTime, int limit) {
        Map<ScheduleKey, Pause> paused = pauses.all();
        List<SimulatedSchedule> schedules = new ArrayList<>();
        for (Definition definition : definitions) {
            for (Schedule schedule : definition.triggers().schedules()) {
                Pause pause = paused.get(new ScheduleKey(definition.name(), schedule.name()));
                schedules.add(new SimulatedSchedule(
                        definition.name(),
                        schedule,
                        runTime == null ? usualTime(definition, schedule) : runTime,
                        definition.pool(),
                        pause == null ? null : pause.words()));
            }
        }
        Map<String, Limits> limits = pools.all().stream().collect(Collectors.toMap(Pool::name, Pool::limits));
        return Simulation.of(schedules, limits, from, to, limit);
    }

    /**
     * A fire time that one of two definitions has and the other has not.
     *
     * @param added whether the later one has it
     */
    public record FireChange(String schedule, Instant time, boolean added) {}

    /**
     * What a change of a definition does to its fire times.
     *
     * @param changes in order of time
     * @param until up to which time they were compared
     */
    public record FireChanges(List<FireChange> changes, Instant until) {}

    /** Compares the fire times of two definitions in a span, at most 10,000 of each. Those on closed days are none. */
    public static FireChanges compare(Definition before, Definition after, Instant from, Instant to) {
        Simulation old = alone(before, from, to);
        Simulation young = alone(after, from, to);
        Instant until = Stream.of(end(old, to), end(young, to))
                .min(Comparator.naturalOrder())
                .orElseThrow();
        List<SimulatedFire> all = Stream.concat(old.fires().stream(), young.fires().stream())
                .filter(fire -> fire.decision().time().isBefore(until))
                .filter(fire -> fire.decision().outcome() != Outcome.CLOSED)
                .toList();
        Set<FireKey> were = keys(old);
        Set<FireKey> are = keys(young);
        List<FireChange> changes = all.stream()
                .map(FireKey::of)
                .filter(key -> were.contains(key) != are.contains(key))
                .map(key -> new FireChange(key.schedule, key.time, are.contains(key)))
                .sorted(Comparator.comparing(FireChange::time).thenComparing(FireChange::schedule))
                .toList();
        return new FireChanges(changes, until);
    }

    private static Simulation alone(Definition definition, Instant from, Instant to) {
        List<SimulatedSchedule> schedules = definition.triggers().schedules().stream()
                .map(schedule -> new SimulatedSchedule(definition.name(), schedule, Duration.ZERO, null, null))
                .toList();
        return Simulation.of(schedules, Map.of(), from, to, MOST_COMPARED);
    }

    private static Instant end(Simulation simulation, Instant to) {
        return simulation.complete()
                ? to
                : simulation.fires().getLast().decision().time();
    }

    private static Set<FireKey> keys(Simulation simulation) {
        return simulation.fires().stream()
                .filter(fire -> fire.decision().outcome() != Outcome.CLOSED)
                .map(FireKey::of)
                .collect(Collectors.toSet());
    }

    private record FireKey(String schedule, Instant time) {
        static FireKey of(SimulatedFire fire) {
            return new FireKey(fire.schedule(), fire.decision().time());
        }
    }

    /** Without a policy for overlap, and without a pool, it does not matter how long runs last. */
    private Duration usualTime(Definition definition, Schedule schedule) {
        boolean mayOverlap = schedule.overlap() == null || schedule.overlap() == Overlap.ALLOW;
        return mayOverlap && definition.pool() == null
                ? Duration.ZERO
                : runs.usualTime(definition.name()).orElse(Duration.ZERO);
    }
}
