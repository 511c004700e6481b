package dev.bes.orchestrator.web.api.installation;

import dev.bes.api.definition.SchedulesJson.PauseJson;
import dev.bes.api.definition.SchedulesJson.ScheduleStateJson;
import dev.bes.orchestrator.account.Access;
import dev.bes.orchestrator.account.Role;
import dev.bes.orchestrator.definition.Definition;
import dev.bes.orchestrator.definition.Triggers.Schedule;
import dev.bes.orchestrator.trigger.schedule.SchedulePauses;
import dev.bes.orchestrator.trigger.schedule.SchedulePauses.Pause;
import dev.bes.orchestrator.trigger.schedule.SchedulePauses.ScheduleKey;
import dev.bes.orchestrator.trigger.schedule.Schedules;
import dev.bes.orchestrator.web.format.ScheduleWords;
import dev.bes.orchestrator.web.problem.Address;
import dev.bes.orchestrator.web.problem.ProblemException;
import dev.bes.orchestrator.web.problem.ProblemKind;
import dev.bes.orchestrator.web.security.Authorization;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriUtils;

/** The schedules that a caller may see, with their pauses. */
@Component
public final class ScheduleStates {
    private static final int FIRES = 5;
    private static final ScheduleWords WORDS = new ScheduleWords();
    /** By what schedules are sorted. */
    static final Map<String, Function<ScheduleStateJson, @Nullable Object>> KEYS = Map.of(
            "definition",
            ScheduleStateJson::definition,
            "name",
            ScheduleStateJson::name,
            "next",
            schedule -> schedule.next().isEmpty() ? null : schedule.next().getFirst());

    private final Authorization authorization;
    private final Schedules schedules;
    private final SchedulePauses pauses;

    ScheduleStates(Authorization authorization, Schedules schedules, SchedulePauses pauses) {
        this.authorization = authorization;
        this.schedules = schedules;
        this.pauses = pauses;
    }

    /**
     * A schedule with its definition.
     *
     * @param state the same for a caller
     */
    public record Located(Definition definition, Schedule schedule, ScheduleStateJson state) {}

    /**
     * One schedule.
     *
     * @throws ProblemException if there is none that the caller may see, or his role is too low
     */
    public Located find(String definition, String name, Access access, Role role) {
        Definition known = authorization.definition(definition, access, role);
        return known.triggers()
                .schedule(name)
                .map(schedule -> located(known, schedule, pauses.all()))
                .orElseThrow(() -> new ProblemException(
                        ProblemKind.UNKNOWN_SCHEDULE, "Definition '%s' has no such schedule".formatted(known.name())));
    }

    List<ScheduleStateJson> all(Access access, Role role) {
        return located(access, role).map(Located::state).toList();
    }

    /** The schedules on whose definitions the caller has a role. */
    Stream<Located> located(Access access, Role role) {
        Map<ScheduleKey, Pause> paused = pauses.all();
        return authorization.visible(access).stream()
                .filter(definition -> access.may(role, definition.name()))
                .flatMap(definition -> definition.triggers().schedules().stream()
                        .map(schedule -> located(definition, schedule, paused)));
    }

    private Located located(Definition definition, Schedule schedule, Map<ScheduleKey, Pause> paused) {
        List<Instant> next = schedules.next(schedule, FIRES);
        Pause pause = paused.get(new ScheduleKey(definition.name(), schedule.name()));
        String self = Address.of("/api/v1/schedules/%s/%s"
                .formatted(definition.name(), UriUtils.encodePathSegment(schedule.name(), StandardCharsets.UTF_8)));
        Map<String, String> links = new LinkedHashMap<>();
        links.put("self", self);
        String change = pause == null ? "pause" : "resume";
        links.put(change, self + "/" + change);
        return new Located(
                definition,
                schedule,
                new ScheduleStateJson(
                        definition.name(),
                        schedule.name(),
                        schedule.expression(),
                        next.isEmpty()
                                ? null
                                : WORDS.of(schedule, next.getFirst()).orElse(null),
                        schedule.zone().getId(),
                        next,
                        next.isEmpty(),
                        json(pause),
                        links));
    }

    /** What tells schedules apart. */
    static String id(ScheduleStateJson schedule) {
        return schedule.definition() + "/" + schedule.name();
    }

    static @Nullable PauseJson json(@Nullable Pause pause) {
        return pause == null ? null : new PauseJson(pause.reason(), pause.actor(), pause.since());
    }
}
