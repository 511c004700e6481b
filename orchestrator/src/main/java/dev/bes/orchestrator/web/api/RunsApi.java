package dev.bes.orchestrator.web.api;

import dev.bes.api.run.AcceptedRunJson;
import dev.bes.api.run.NewRunJson;
import dev.bes.api.run.RunJson;
import dev.bes.orchestrator.account.Access;
import dev.bes.orchestrator.account.Role;
import dev.bes.orchestrator.run.Actor;
import dev.bes.orchestrator.run.command.Cancellation;
import dev.bes.orchestrator.run.query.RunReader;
import dev.bes.orchestrator.run.query.RunView;
import dev.bes.orchestrator.trigger.request.RequestTrigger;
import dev.bes.orchestrator.trigger.request.RequestTrigger.Request;
import dev.bes.orchestrator.web.events.EndedRuns;
import dev.bes.orchestrator.web.problem.ProblemException;
import dev.bes.orchestrator.web.problem.ProblemKind;
import dev.bes.orchestrator.web.request.EmptyBody;
import dev.bes.orchestrator.web.request.IdempotencyKey;
import dev.bes.orchestrator.web.request.JsonPost;
import dev.bes.orchestrator.web.request.RunRequestReader;
import dev.bes.orchestrator.web.request.WaitPreference;
import dev.bes.orchestrator.web.security.Authorization;
import dev.bes.orchestrator.web.security.Requires;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.InputStreamResource;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartHttpServletRequest;

/** Requests and cancels runs, for programs. */
@RestController
@RequestMapping("/api/v1/runs")
final class RunsApi {
    private final Authorization authorization;
    private final RequestTrigger requestTrigger;
    private final RunRequestReader bodies;
    private final RunReader reader;
    private final Cancellation cancellation;
    private final EmptyBody emptyBody;
    private final EndedRuns endedRuns;

    RunsApi(
            Authorization authorization,
            RequestTrigger requestTrigger,
            RunRequestReader bodies,
            RunReader reader,
            Cancellation cancellation,
            EmptyBody emptyBody,
            EndedRuns endedRuns) {
        this.authorization = authorization;
        this.requestTrigger = requestTrigger;
        this.bodies = bodies;
        this.reader = reader;
        this.cancellation = cancellation;
        this.emptyBody = emptyBody;
        this.endedRuns = endedRuns;
    }

    @JsonPost
    @Requires(Role.OPERATOR)
    Object accept(@RequestBody NewRunJson body, HttpServletRequest request, Access access) {
        return accept(bodies.read(body, IdempotencyKey.of(request), access), request);
    }

    @PostMapping(consumes = MediaType.MULTIPART_FORM_DATA_VALUE, produces = MediaType.APPLICATION_JSON_VALUE)
    @Requires(Role.OPERATOR)
    Object accept(MultipartHttpServletRequest form, Access access) {
        return accept(bodies.read(form, IdempotencyKey.of(form), access), form);
    }

    /** The answer, or one that comes later if the caller prefers to wait. */
    private Object accept(Request request, HttpServletRequest http) {
        int seconds = WaitPreference.of(http);
        ResponseEntity<AcceptedRunJson> answer =
                RunMapper.accepted(requestTrigger.accept(request), request.definition());
        AcceptedRunJson accepted = answer.getBody();
        return seconds == 0 || accepted == null
                ? answer
                : endedRuns.await(
                        accepted.id(),
                        seconds,
                        run -> ResponseEntity.status(answer.getStatusCode())
                                .headers(answer.getHeaders())
                                .header(WaitPreference.APPLIED, "wait=" + seconds)
                                .body(accepted.in(RunMapper.state(run.state()))));
    }

    @JsonPost("/{id:\\d{1,18}}/cancel")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Requires(Role.OPERATOR)
    RunJson cancel(
            @PathVariable long id, @RequestBody(required = false) @Nullable InputStreamResource body, Access access) {
        authorization.run(id, access, Role.OPERATOR);
        emptyBody.require(body);
        if (!cancellation.cancel(id, Actor.user(access.name()))) {
            throw new ProblemException(
                    ProblemKind.ALREADY_ENDED,
                    "Run %d is already %s".formatted(id, known(id).state().word()));
        }
        return RunMapper.json(known(id));
    }

    private RunView known(long id) {
        return reader.find(id).orElseThrow(() -> ProblemException.unknownRun(id));
    }
}
