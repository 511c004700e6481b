package dev.bes.orchestrator.web.api.shadow;

import dev.bes.api.definition.ShadowSummaryJson;
import dev.bes.api.run.ShadowsJson;
import dev.bes.api.run.ShadowsJson.ShadowJson;
import dev.bes.orchestrator.account.Access;
import dev.bes.orchestrator.account.Role;
import dev.bes.orchestrator.definition.Definition;
import dev.bes.orchestrator.run.query.RunView;
import dev.bes.orchestrator.run.shadow.ShadowReader;
import dev.bes.orchestrator.run.shadow.ShadowView;
import dev.bes.orchestrator.web.list.ListQuery;
import dev.bes.orchestrator.web.list.Listed;
import dev.bes.orchestrator.web.problem.ProblemException;
import dev.bes.orchestrator.web.security.Authorization;
import dev.bes.orchestrator.web.security.Requires;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What shadows have found, for programs. */
@RestController
final class ShadowApi {
    private static final int USUAL_LAST = 1_000;
    private static final int MOST_LAST = 10_000;

    private final Authorization authorization;
    private final ShadowReader reader;

    ShadowApi(Authorization authorization, ShadowReader reader) {
        this.authorization = authorization;
        this.reader = reader;
    }

    @GetMapping("/api/v1/runs/{id:\\d{1,18}}/shadows")
    @Requires(Role.VIEWER)
    @Listed(
            of = ShadowJson.class,
            items = "shadows",
            sort = {"position"},
            usual = 100,
            most = 200)
    ShadowsJson ofRun(@PathVariable long id, ListQuery list, Access access) {
        RunView run = authorization.run(id, access, Role.VIEWER);
        Optional<ShadowView> own = reader.ofShadow(run.id());
        if (own.isPresent()) {
            return new ShadowsJson(own.stream().map(ShadowMapper::json).toList(), null);
        }
        ListQuery.Page<ShadowView> page = list.read(
                (descending, after, limit) -> reader.list(run.id(), descending, after, limit), ShadowView::position);
        return new ShadowsJson(page.items().stream().map(ShadowMapper::json).toList(), page.next());
    }

    @GetMapping("/api/v1/definitions/{name}/shadow")
    @Requires(Role.VIEWER)
    ShadowSummaryJson ofDefinition(
            @PathVariable String name,
            @RequestParam(required = false, defaultValue = "" + USUAL_LAST) int last,
            Access access) {
        Definition definition = authorization.definition(name, access, Role.VIEWER);
        if (last < 1 || last > MOST_LAST) {
            throw ProblemException.badRequest("'last' must be a number from 1 to " + MOST_LAST);
        }
        return ShadowMapper.json(definition.name(), reader.summary(definition.name(), last));
    }
}
