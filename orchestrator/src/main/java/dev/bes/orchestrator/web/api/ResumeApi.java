package dev.bes.orchestrator.web.api;

import dev.bes.api.run.ScoringJson;
import dev.bes.orchestrator.account.Access;
import dev.bes.orchestrator.account.Role;
import dev.bes.orchestrator.run.Actor;
import dev.bes.orchestrator.run.command.Resumption;
import dev.bes.orchestrator.run.query.RunReader;
import dev.bes.orchestrator.run.query.ScoringView;
import dev.bes.orchestrator.web.problem.ProblemException;
import dev.bes.orchestrator.web.problem.ProblemKind;
import dev.bes.orchestrator.web.request.EmptyBody;
import dev.bes.orchestrator.web.request.JsonPost;
import dev.bes.orchestrator.web.security.Authorization;
import dev.bes.orchestrator.web.security.Requires;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.InputStreamResource;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Resumes scorings that need attention, for programs. */
@RestController
final class ResumeApi {
    private final Authorization authorization;
    private final Resumption resumption;
    private final RunReader reader;
    private final EmptyBody emptyBody;

    ResumeApi(Authorization authorization, Resumption resumption, RunReader reader, EmptyBody emptyBody) {
        this.authorization = authorization;
        this.resumption = resumption;
        this.reader = reader;
        this.emptyBody = emptyBody;
    }

    @JsonPost("/api/v1/runs/{id:\\d{1,18}}/scorings/{position:\\d{1,9}}/resume")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Requires(Role.OPERATOR)
    ScoringJson resume(
            @PathVariable long id,
            @PathVariable int position,
            @RequestBody(required = false) @Nullable InputStreamResource body,
            Access access) {
        authorization.run(id, access, Role.OPERATOR);
        emptyBody.require(body);
        boolean resumed = resumption.resume(id, position, Actor.user(access.name()));
        ScoringView scoring = reader.scoring(id, position)
                .orElseThrow(() -> new ProblemException(
                        ProblemKind.UNKNOWN_RUN, "There is no scoring %d of run %d".formatted(position, id)));
        if (!resumed) {
            throw new ProblemException(
                    ProblemKind.NOT_RESUMABLE,
                    "Scoring %d of run %d does not need attention; it is %s"
                            .formatted(position, id, scoring.state().word()));
        }
        return ScoringMapper.json(id, scoring);
    }
}
