package dev.bes.orchestrator.web.api.backfill;

import dev.bes.api.backfill.BackfillPlanJson;
import dev.bes.api.backfill.BackfillsJson;
import dev.bes.api.backfill.BackfillsJson.BackfillDetailJson;
import dev.bes.api.backfill.BackfillsJson.BackfillJson;
import dev.bes.api.backfill.NewBackfillJson;
import dev.bes.orchestrator.account.Access;
import dev.bes.orchestrator.account.Role;
import dev.bes.orchestrator.run.Actor;
import dev.bes.orchestrator.text.Sha256;
import dev.bes.orchestrator.trigger.backfill.Backfill;
import dev.bes.orchestrator.trigger.backfill.BackfillPlanner;
import dev.bes.orchestrator.trigger.backfill.Backfills;
import dev.bes.orchestrator.trigger.backfill.Backfills.Created;
import dev.bes.orchestrator.trigger.backfill.Backfills.RequestKey;
import dev.bes.orchestrator.web.list.ListQuery;
import dev.bes.orchestrator.web.list.Listed;
import dev.bes.orchestrator.web.problem.ProblemException;
import dev.bes.orchestrator.web.problem.ProblemKind;
import dev.bes.orchestrator.web.request.EmptyBody;
import dev.bes.orchestrator.web.request.IdempotencyKey;
import dev.bes.orchestrator.web.request.JsonPost;
import dev.bes.orchestrator.web.security.Requires;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.InputStreamResource;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Plans, starts, pauses, resumes and cancels backfills, for programs. */
@RestController
@RequestMapping("/api/v1/backfills")
final class BackfillsApi {
    private final VisibleBackfills visible;
    private final BackfillRequests requests;
    private final BackfillPlanner planner;
    private final Backfills backfills;
    private final EmptyBody emptyBody;

    BackfillsApi(
            VisibleBackfills visible,
            BackfillRequests requests,
            BackfillPlanner planner,
            Backfills backfills,
            EmptyBody emptyBody) {
        this.visible = visible;
        this.requests = requests;
        this.planner = planner;
        this.backfills = backfills;
        this.emptyBody = emptyBody;
    }

    @GetMapping
    @Requires(Role.VIEWER)
    @Listed(
            of = BackfillJson.class,
            items = "backfills",
            sort = {"-id", "definition", "created"})
    BackfillsJson all(
            @RequestParam(required = false) @Nullable String definition,
            @RequestParam(required = false) @Nullable String state,
            ListQuery list,
            Access access) {
        ListQuery.Page<Backfill> page = BackfillList.page(backfills, access, definition, state, list);
        return new BackfillsJson(
                page.items().stream().map(BackfillMapper::backfill).toList(), page.next());
    }

    @GetMapping("/{id:\\d{1,18}}")
    @Requires(Role.VIEWER)
    @Listed(of = BackfillDetailJson.class)
    BackfillDetailJson find(@PathVariable long id, Access access) {
        return BackfillMapper.detail(visible.find(id, access, Role.VIEWER), backfills.items(id));
    }

    /** Says what a backfill would do; writes nothing. */
    @JsonPost("/plan")
    @Requires(Role.OPERATOR)
    BackfillPlanJson plan(@RequestBody NewBackfillJson body, Access access) {
        return BackfillMapper.plan(planner.plan(requests.read(body, access)));
    }

    @JsonPost
    @Requires(Role.OPERATOR)
    ResponseEntity<BackfillJson> create(@RequestBody NewBackfillJson body, HttpServletRequest request, Access access) {
        String key = IdempotencyKey.of(request);
        Created created = backfills.create(
                requests.read(body, access),
                Actor.user(access.name()),
                key == null ? null : new RequestKey(key, Sha256.of(body.toString())));
        BackfillJson backfill =
                BackfillMapper.backfill(backfills.find(created.id()).orElseThrow());
        ResponseEntity.BodyBuilder answer = ResponseEntity.created(
                URI.create(String.valueOf(backfill.links().get("self"))));
        if (!created.isNew()) {
            answer.header(IdempotencyKey.REPLAYED, "true");
        }
        return answer.body(backfill);
    }

    @JsonPost("/{id:\\d{1,18}}/pause")
    @Requires(Role.OPERATOR)
    BackfillJson pause(
            @PathVariable long id, @RequestBody(required = false) @Nullable InputStreamResource body, Access access) {
        return change(id, body, access, backfills::pause, "is not running");
    }

    @JsonPost("/{id:\\d{1,18}}/resume")
    @Requires(Role.OPERATOR)
    BackfillJson resume(
            @PathVariable long id, @RequestBody(required = false) @Nullable InputStreamResource body, Access access) {
        return change(id, body, access, backfills::resume, "is not paused");
    }

    @JsonPost("/{id:\\d{1,18}}/cancel")
    @Requires(Role.OPERATOR)
    BackfillJson cancel(
            @PathVariable long id, @RequestBody(required = false) @Nullable InputStreamResource body, Access access) {
        return change(id, body, access, backfills::cancel, "has ended");
    }

    private BackfillJson change(
            long id,
            @Nullable InputStreamResource body,
            Access access,
            BiPredicate<Backfill, Actor> change,
            String otherwise) {
        Backfill backfill = visible.find(id, access, Role.OPERATOR);
        emptyBody.require(body);
        if (!change.test(backfill, Actor.user(access.name()))) {
            throw new ProblemException(ProblemKind.WRONG_STATE, "Backfill %d %s".formatted(id, otherwise));
        }
        return BackfillMapper.backfill(backfills.find(id).orElseThrow());
    }
}
