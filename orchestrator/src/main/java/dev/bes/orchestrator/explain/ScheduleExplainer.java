package dev.bes.orchestrator.explain;

import dev.bes.orchestrator.definition.Definition;
import dev.bes.orchestrator.definition.DefinitionScope;
import dev.bes.orchestrator.definition.Triggers.Schedule;
import dev.bes.orchestrator.explain.AskedTime.Span;
import dev.bes.orchestrator.explain.Cause.Kind;
import dev.bes.orchestrator.run.query.RunReader;
import dev.bes.orchestrator.trigger.schedule.SchedulePauses;
import dev.bes.orchestrator.trigger.schedule.SchedulePauses.Pause;
import dev.bes.orchestrator.trigger.schedule.SchedulePauses.ScheduleKey;
import dev.bes.orchestrator.trigger.schedule.fire.RecordedFire;
import dev.bes.orchestrator.trigger.schedule.fire.RecordedFires;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Explains what schedules did, or did not do, at a time. */
@Component
class ScheduleExplainer {
    private static final int MOST = 20;
    private static final Set<CauseCode> WITHOUT_NODES =
            Set.of(CauseCode.MISSED, CauseCode.NOT_RECORDED, CauseCode.STARTING);

    private final RecordedFires recorded;
    private final SchedulePauses pauses;
    private final RunReader runs;
    private final RunExplainer runExplainer;
    private final NodeCauses nodes;
    private final InstantSource clock;

    ScheduleExplainer(
            RecordedFires recorded,
            SchedulePauses pauses,
            RunReader runs,
            RunExplainer runExplainer,
            NodeCauses nodes,
            InstantSource clock) {
        this.recorded = recorded;
        this.pauses = pauses;
        this.runs = runs;
        this.runExplainer = runExplainer;
        this.nodes = nodes;
        this.clock = clock;
    }

    /** What one schedule did at a time; it need no longer be in its definition. */
    List<Cause> at(Definition definition, String schedule, AskedTime at, DefinitionScope scope) {
        Optional<Schedule> known = definition.triggers().schedule(schedule);
        ZoneId zone = known.map(Schedule::zone).orElse(ZoneOffset.UTC);
        List<Span> spans = at.in(zone);
        List<RecordedFire> fires = spans.stream()
                .flatMap(span -> recorded.between(definition.name(), schedule, span.from(), span.to(), MOST).stream())
                .toList();
        List<Cause> causes = new ArrayList<>();
        if (!fires.isEmpty()) {
            fires.forEach(fire -> causes.add(FireCauses.of(fire, zone)));
        } else {
            causes.add(known.map(one -> unrecorded(definition, one, at))
                    .orElseGet(() -> Cause.of(
                            CauseCode.NOT_RECORDED,
                            "There is no schedule '%s' now, and nothing is recorded of it at that time."
                                    .formatted(schedule))));
        }
        if (causes.stream().anyMatch(cause -> WITHOUT_NODES.contains(cause.code()))) {
            Instant time = fires.isEmpty()
                    ? spans.getFirst().from()
                    : fires.getFirst().decision().time();
            causes.addAll(nodes.at(time, scope.isAll()));
        }
        if (fires.size() == 1) {
            causes.addAll(run(fires.getFirst().run(), scope));
        }
        return causes;
    }

    /** What the run of a fire time does now. */
    private List<Cause> run(@Nullable Long run, DefinitionScope scope) {
        return Optional.ofNullable(run)
                .flatMap(runs::find)
                .filter(found -> scope.includes(found.definition()))
                .map(runExplainer::causes)
                .orElse(List.of());
    }

    private Cause unrecorded(Definition definition, Schedule schedule, AskedTime at) {
        Instant begin = recorded.first(definition.name(), schedule.name()).orElse(null);
        return new UnrecordedTimes(definition.name(), schedule, pause(definition, schedule), begin, clock.instant())
                .of(at)
                .about(Kind.SCHEDULE, definition.name() + "/" + schedule.name());
    }

    private @Nullable Pause pause(Definition definition, Schedule schedule) {
        return pauses.all().get(new ScheduleKey(definition.name(), schedule.name()));
    }

    /** What all schedules of a definition did at a time, and what else started its runs then. */
    List<Cause> at(Definition definition, AskedTime at, DefinitionScope scope) {
        List<Cause> causes = new ArrayList<>();
        List<Schedule> schedules = definition.triggers().schedules();
        schedules.stream()
                .limit(MOST)
                .forEach(schedule -> at(definition, schedule.name(), at, scope)
                        .forEach(cause ->
                                causes.add(schedules.size() == 1 ? cause : cause.after(schedule.name() + ": "))));
        // of several schedules, what happened says more than what did not
        causes.sort(Comparator.comparing(cause -> cause.code() == CauseCode.NOT_DUE));
        ZoneId zone =
                schedules.isEmpty() ? ZoneOffset.UTC : schedules.getFirst().zone();
        causes.addAll(runExplainer.accepted(definition.name(), at.in(zone), scope, zone));
        if (causes.isEmpty()) {
            causes.add(Cause.of(CauseCode.NOT_DUE, "It has no schedule, and no run was accepted at that time."));
        }
        return causes;
    }
}
