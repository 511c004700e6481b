package dev.bes.orchestrator.trigger.schedule;

import dev.bes.orchestrator.definition.Definition;
import dev.bes.orchestrator.definition.Triggers.Overlap;
import dev.bes.orchestrator.definition.Triggers.Schedule;
import dev.bes.orchestrator.run.query.ScheduleRuns;
import dev.bes.orchestrator.trigger.schedule.SchedulePauses.Pause;
import dev.bes.orchestrator.trigger.schedule.SchedulePauses.ScheduleKey;
import dev.bes.orchestrator.trigger.schedule.simulation.SimulatedSchedule;
import dev.bes.orchestrator.trigger.schedule.simulation.Simulation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Simulates the schedules of definitions, with what is known about their runs and pauses. */
@Component
public class ScheduleSimulator {
    private final SchedulePauses pauses;
    private final ScheduleRuns runs;

    ScheduleSimulator(SchedulePauses pauses, ScheduleRuns runs) {
        this.pauses = pauses;
        this.runs = runs;
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
                        pause == null ? null : pause.words()));
            }
        }
        return Simulation.of(schedules, from, to, limit);
    }

    /** Without a policy for overlap it does not matter how long runs last. */
    private Duration usualTime(Definition definition, Schedule schedule) {
        return schedule.overlap() == null || schedule.overlap() == Overlap.ALLOW
                ? Duration.ZERO
                : runs.usualTime(definition.name()).orElse(Duration.ZERO);
    }
}
