package dev.bes.orchestrator.explain;

import dev.bes.orchestrator.definition.Definition;
import dev.bes.orchestrator.definition.DefinitionScope;
import dev.bes.orchestrator.definition.Triggers.Schedule;
import dev.bes.orchestrator.explain.AskedTime.Span;
import dev.bes.orchestrator.run.query.RunView;
import dev.bes.orchestrator.trigger.schedule.fire.FireFilter;
import dev.bes.orchestrator.trigger.schedule.fire.FireFilter.Order;
import dev.bes.orchestrator.trigger.schedule.fire.FireReader;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Answers why something did, or did not, run. Who asks may see the definition, or its scope says what he may see. */
@Component
public class Explainer {
    private static final int MOST = 50;

    private final ScheduleExplainer schedules;
    private final DefinitionExplainer definitions;
    private final FileExplainer files;
    private final RunExplainer runs;
    private final RequestExplainer requests;
    private final FireReader fires;
    private final NodeCauses nodes;
    private final InstantSource clock;

    Explainer(
            ScheduleExplainer schedules,
            DefinitionExplainer definitions,
            FileExplainer files,
            RunExplainer runs,
            RequestExplainer requests,
            FireReader fires,
            NodeCauses nodes,
            InstantSource clock) {
        this.schedules = schedules;
        this.definitions = definitions;
        this.files = files;
        this.runs = runs;
        this.requests = requests;
        this.fires = fires;
        this.nodes = nodes;
        this.clock = clock;
    }

    /** Why a definition does not run, or why its newest run does not go on. */
    public Explanation definition(Definition definition) {
        return new Explanation("definition " + definition.name(), definitions.causes(definition));
    }

    /** Why a definition is not loaded; empty if no mistake in a file of its name is known. */
    public Optional<Explanation> notLoaded(String definition) {
        return definitions.isMistaken(definition)
                ? definitions
                        .refused(definition)
                        .map(cause -> new Explanation("definition " + definition, List.of(cause)))
                : Optional.empty();
    }

    /** What a schedule of a definition does next, and why its last time started no run. */
    public Explanation schedule(Definition definition, Schedule schedule) {
        return new Explanation(
                "schedule %s of %s".formatted(schedule.name(), definition.name()),
                definitions.causes(definition, schedule));
    }

    /**
     * What a schedule did, or did not do, at a time.
     *
     * @param schedule its name, which may be one of the past; null for all of the definition
     */
    public Explanation schedule(Definition definition, @Nullable String schedule, AskedTime at, DefinitionScope scope) {
        ZoneId zone = definition.triggers().schedules().stream()
                .filter(one -> schedule == null || one.name().equals(schedule))
                .map(Schedule::zone)
                .findFirst()
                .orElse(ZoneOffset.UTC);
        String subject = schedule == null
                ? "definition %s at %s".formatted(definition.name(), at.words(zone))
                : "schedule %s of %s at %s".formatted(schedule, definition.name(), at.words(zone));
        return new Explanation(
                subject,
                schedule == null ? schedules.at(definition, at, scope) : schedules.at(definition, schedule, at, scope));
    }

    /** What happened at a time; without an offset it is in UTC. */
    public Explanation time(AskedTime at, DefinitionScope scope) {
        List<Span> spans = at.in(ZoneOffset.UTC);
        List<Cause> causes = new ArrayList<>();
        for (Span span : spans) {
            fires
                    .list(new FireFilter(scope, null, null, null, span.from(), span.to()), new Order(false, null), MOST)
                    .stream()
                    .map(fire ->
                            FireCauses.of(fire, ZoneOffset.UTC).after(fire.definition() + "/" + fire.schedule() + ": "))
                    .forEach(causes::add);
        }
        causes.addAll(runs.accepted(null, spans, scope, ZoneOffset.UTC));
        spans.stream()
                .filter(span -> !span.from().isAfter(clock.instant()))
                .forEach(span -> causes.addAll(nodes.at(span.from(), scope.isAll())));
        if (causes.isEmpty()) {
            causes.add(Cause.of(CauseCode.NOT_RECORDED, "Nothing is recorded of that time that you may see."));
        }
        return new Explanation("time " + at.words(ZoneOffset.UTC), causes);
    }

    /**
     * What became of a file.
     *
     * @param file its name, or the end of its path
     * @param definition only of this definition; null for any in the scope
     */
    public Explanation file(String file, @Nullable String definition, DefinitionScope scope) {
        return new Explanation("file " + file, files.causes(file, definition, scope));
    }

    /** How a run has ended, or why it has not. */
    public Explanation run(RunView run) {
        return new Explanation("run %d of %s".formatted(run.id(), run.definition()), runs.causes(run));
    }

    /**
     * What became of a request.
     *
     * @param key its idempotency key, or the id that {@code bes_request_run} returned
     */
    public Explanation request(String key, DefinitionScope scope) {
        return new Explanation("request " + key, requests.causes(key, scope));
    }
}
