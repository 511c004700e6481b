package dev.bes.orchestrator.trigger.backfill;

import dev.bes.orchestrator.definition.Definition;
import dev.bes.orchestrator.definition.Triggers.Schedule;
import dev.bes.orchestrator.run.acceptance.NewRun;
import dev.bes.orchestrator.run.acceptance.PartitionKey;
import dev.bes.orchestrator.run.query.PartitionRuns;
import dev.bes.orchestrator.run.query.PartitionRuns.PartitionRun;
import dev.bes.orchestrator.trigger.schedule.time.PlannedFire;
import dev.bes.orchestrator.trigger.schedule.time.ScheduleTimes;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Says which parts of the data a definition was to score, by its schedules, and how each stands, by its runs. */
@Component
public class Partitions {
    /** The most partitions of one answer. */
    public static final int MOST = 10_000;

    private final PartitionRuns runs;
    private final InstantSource clock;

    public Partitions(PartitionRuns runs, InstantSource clock) {
        this.runs = runs;
        this.clock = clock;
    }

    /**
     * The partitions of all schedules of a definition, by fire time. Of times with the same key the first one stands for all.
     *
     * @param from begin of the range of fire times, included
     * @param to end of the range, excluded
     * @throws TooManyTimesException if there are more than {@link #MOST}
     */
    public List<Partition> of(Definition definition, Instant from, Instant to) {
        Map<String, Planned> planned = new LinkedHashMap<>();
        definition.triggers().schedules().stream()
                .flatMap(schedule -> planned(definition, schedule, from, to, Map.of(), Map.of()).stream())
                .sorted(Comparator.comparing(Planned::time))
                .forEach(one -> planned.putIfAbsent(one.key(), one));
        if (planned.size() > MOST) {
            throw new TooManyTimesException();
        }
        return stand(definition, List.copyOf(planned.values()));
    }

    /** The partitions of a backfill's range, by fire time, whether it would start a run of them or not. */
    List<Partition> of(BackfillRequest request) {
        Definition definition = request.definition();
        return stand(
                definition,
                planned(
                        definition,
                        request.schedule(),
                        request.from(),
                        request.to(),
                        request.parameters(),
                        request.byDate()));
    }

    /** @param next the next time of the schedule; null if there is none */
    private record Planned(
            String key,
            String schedule,
            Instant time,
            @Nullable Instant next,
            Map<String, String> parameters) {}

    private static List<Planned> planned(
            Definition definition,
            Schedule schedule,
            Instant from,
            Instant to,
            Map<String, String> more,
            Map<LocalDate, Map<String, String>> byDate) {
        List<Planned> planned = new ArrayList<>();
        Iterator<PlannedFire> fires = new ScheduleTimes(definition.name(), schedule)
                .from(from.minusMillis(1))
                .filter(fire -> fire.closed() == null)
                .iterator();
        Optional<PlannedFire> fire = next(fires);
        while (fire.isPresent() && fire.get().time().isBefore(to)) {
            if (planned.size() == MOST) {
                throw new TooManyTimesException();
            }
            Optional<PlannedFire> following = next(fires);
            Instant time = fire.get().time();
            Map<String, String> parameters =
                    new LinkedHashMap<>(schedule.parameters() == null ? Map.of() : schedule.parameters());
            parameters.putAll(more);
            parameters.putAll(byDate.getOrDefault(LocalDate.ofInstant(time, schedule.zone()), Map.of()));
            NewRun run = NewRun.scheduled(definition, schedule.name(), time, schedule.zone(), parameters, List.of());
            String key = PartitionKey.of(run);
            planned.add(new Planned(
                    key == null ? time.toString() : key,
                    schedule.name(),
                    time,
                    following.map(PlannedFire::due).orElse(null),
                    parameters));
            fire = following;
        }
        return planned;
    }

    private static Optional<PlannedFire> next(Iterator<PlannedFire> fires) {
        return fires.hasNext() ? Optional.of(fires.next()) : Optional.empty();
    }

    private List<Partition> stand(Definition definition, List<Planned> planned) {
        Map<String, PartitionRun> latest = runs.latest(
                definition.name(), planned.stream().map(Planned::key).toList());
        Instant now = clock.instant();
        return planned.stream()
                .map(one -> {
                    PartitionRun run = latest.get(one.key());
                    return new Partition(
                            one.key(),
                            one.schedule(),
                            one.time(),
                            one.parameters(),
                            state(one, run, now),
                            run == null ? null : run.id());
                })
                .toList();
    }

    private static PartitionState state(Planned planned, @Nullable PartitionRun run, Instant now) {
        if (run == null) {
            return planned.time().isAfter(now) ? PartitionState.PLANNED : PartitionState.MISSING;
        }
        return switch (run.state()) {
            case FINISHED -> PartitionState.DONE;
            case FAILED, CANCELLED -> PartitionState.FAILED;
            case NOT_STARTED, RUNNING ->
                planned.next() != null && planned.next().isBefore(now) ? PartitionState.LATE : PartitionState.RUNNING;
        };
    }
}
