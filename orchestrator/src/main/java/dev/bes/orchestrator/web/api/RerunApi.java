package dev.bes.orchestrator.web.api;

import dev.bes.api.run.AcceptedRunJson;
import dev.bes.api.run.NewRerunJson;
import dev.bes.orchestrator.account.Access;
import dev.bes.orchestrator.account.Role;
import dev.bes.orchestrator.run.query.RunView;
import dev.bes.orchestrator.trigger.request.Reruns;
import dev.bes.orchestrator.web.problem.ProblemException;
import dev.bes.orchestrator.web.problem.ProblemKind;
import dev.bes.orchestrator.web.request.IdempotencyKey;
import dev.bes.orchestrator.web.request.JsonPost;
import dev.bes.orchestrator.web.security.Authorization;
import dev.bes.orchestrator.web.security.Requires;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Repeats ended runs, for programs. */
@RestController
final class RerunApi {
    private final Authorization authorization;
    private final Reruns reruns;

    RerunApi(Authorization authorization, Reruns reruns) {
        this.authorization = authorization;
        this.reruns = reruns;
    }

    @JsonPost("/api/v1/runs/{id:\\d{1,18}}/rerun")
    @Requires(Role.OPERATOR)
    ResponseEntity<AcceptedRunJson> rerun(
            @PathVariable long id,
            @RequestBody(required = false) @Nullable NewRerunJson body,
            HttpServletRequest request,
            Access access) {
        RunView run = authorization.run(id, access, Role.OPERATOR);
        boolean failed = failed(body == null ? null : body.only());
        String key = IdempotencyKey.of(request);
        requireEnded(run);
        return RunMapper.accepted(reruns.accept(id, failed, key, access.name()), run.definition());
    }

    private static boolean failed(@Nullable String only) {
        return switch (only) {
            case null -> false;
            case "all" -> false;
            case "failed" -> true;
            default -> throw ProblemException.badRequest("'only' is 'all' or 'failed'");
        };
    }

    /**
     * Requires that a run has ended.
     *
     * @throws ProblemException if it has not
     */
    static void requireEnded(RunView run) {
        if (!run.state().ended()) {
            throw new ProblemException(
                    ProblemKind.NOT_ENDED,
                    "Run %d is %s; wait for its end, or cancel it"
                            .formatted(run.id(), run.state().word()));
        }
    }
}
