package dev.bes.orchestrator.web.api.installation;

import dev.bes.api.definition.SchedulesJson;
import dev.bes.api.definition.SchedulesJson.NewPauseJson;
import dev.bes.api.definition.SchedulesJson.ScheduleStateJson;
import dev.bes.orchestrator.account.Access;
import dev.bes.orchestrator.account.Role;
import dev.bes.orchestrator.run.Actor;
import dev.bes.orchestrator.trigger.schedule.SchedulePauses;
import dev.bes.orchestrator.trigger.schedule.SchedulePauses.Precondition;
import dev.bes.orchestrator.web.api.installation.ScheduleStates.Located;
import dev.bes.orchestrator.web.list.ListQuery;
import dev.bes.orchestrator.web.list.Listed;
import dev.bes.orchestrator.web.request.EmptyBody;
import dev.bes.orchestrator.web.request.EntityTag;
import dev.bes.orchestrator.web.request.JsonPost;
import dev.bes.orchestrator.web.request.Reason;
import dev.bes.orchestrator.web.security.Requires;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.InputStreamResource;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Reads, pauses and resumes schedules, for programs. */
@RestController
@RequestMapping("/api/v1/schedules")
final class SchedulesApi {
    private final ScheduleStates states;
    private final SchedulePauses pauses;
    private final EmptyBody emptyBody;

    SchedulesApi(ScheduleStates states, SchedulePauses pauses, EmptyBody emptyBody) {
        this.states = states;
        this.pauses = pauses;
        this.emptyBody = emptyBody;
    }

    @GetMapping
    @Requires(Role.VIEWER)
    @Listed(
            of = ScheduleStateJson.class,
            items = "schedules",
            sort = {"definition", "name", "next"})
    SchedulesJson all(
            @RequestParam(required = false) @Nullable String definition,
            @RequestParam(required = false) @Nullable Boolean paused,
            ListQuery list,
            Access access) {
        String only = definition == null ? "" : definition;
        List<ScheduleStateJson> all = states.all(access, Role.VIEWER).stream()
                .filter(one -> only.isEmpty() || only.equals(one.definition()))
                .filter(one -> paused == null || paused == (one.paused() != null))
                .toList();
        ListQuery.Page<ScheduleStateJson> page = list.of(all, ScheduleStates.KEYS, ScheduleStates::id);
        return new SchedulesJson(page.items(), page.next());
    }

    @GetMapping("/{definition}/{name}")
    @Requires(Role.VIEWER)
    @Listed(of = ScheduleStateJson.class)
    ResponseEntity<ScheduleStateJson> find(@PathVariable String definition, @PathVariable String name, Access access) {
        return answer(states.find(definition, name, access, Role.VIEWER));
    }

    @JsonPost("/{definition}/{name}/pause")
    @Requires(Role.OPERATOR)
    ResponseEntity<ScheduleStateJson> pause(
            @PathVariable String definition,
            @PathVariable String name,
            @RequestBody NewPauseJson body,
            HttpServletRequest request,
            Access access) {
        Located schedule = states.find(definition, name, access, Role.OPERATOR);
        String reason = Reason.of(body.reason());
        pauses.pause(schedule.definition(), schedule.schedule(), reason, Actor.user(access.name()), unchanged(request));
        return answer(states.find(definition, name, access, Role.OPERATOR));
    }

    @JsonPost("/{definition}/{name}/resume")
    @Requires(Role.OPERATOR)
    ResponseEntity<ScheduleStateJson> resume(
            @PathVariable String definition,
            @PathVariable String name,
            @RequestBody(required = false) @Nullable InputStreamResource body,
            HttpServletRequest request,
            Access access) {
        Located schedule = states.find(definition, name, access, Role.OPERATOR);
        emptyBody.require(body);
        pauses.resume(schedule.definition(), schedule.schedule(), Actor.user(access.name()), unchanged(request));
        return answer(states.find(definition, name, access, Role.OPERATOR));
    }

    /** Pauses all schedules on whose definitions the caller is an operator. */
    @JsonPost("/pause")
    @Requires(Role.OPERATOR)
    SchedulesJson pauseAll(@RequestBody NewPauseJson body, Access access) {
        String reason = Reason.of(body.reason());
        states.located(access, Role.OPERATOR)
                .forEach(schedule -> pauses.pause(
                        schedule.definition(),
                        schedule.schedule(),
                        reason,
                        Actor.user(access.name()),
                        Precondition.NONE));
        return new SchedulesJson(states.all(access, Role.OPERATOR), null);
    }

    /** Resumes all schedules on whose definitions the caller is an operator. */
    @JsonPost("/resume")
    @Requires(Role.OPERATOR)
    SchedulesJson resumeAll(@RequestBody(required = false) @Nullable InputStreamResource body, Access access) {
        emptyBody.require(body);
        states.located(access, Role.OPERATOR)
                .forEach(schedule -> pauses.resume(
                        schedule.definition(), schedule.schedule(), Actor.user(access.name()), Precondition.NONE));
        return new SchedulesJson(states.all(access, Role.OPERATOR), null);
    }

    /** The tag changes when somebody pauses or resumes it, and not with its next fire time. */
    private static ResponseEntity<ScheduleStateJson> answer(Located schedule) {
        return ResponseEntity.ok()
                .eTag(EntityTag.of(schedule.state().paused()).value())
                .body(schedule.state());
    }

    /** Looked at within the change: of two callers who have seen the same, one is told that the other was faster. */
    private static Precondition unchanged(HttpServletRequest request) {
        return pause -> EntityTag.of(ScheduleStates.json(pause)).require(request);
    }
}
