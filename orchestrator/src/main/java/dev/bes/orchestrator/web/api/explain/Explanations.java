package dev.bes.orchestrator.web.api.explain;

import dev.bes.orchestrator.account.Access;
import dev.bes.orchestrator.account.Role;
import dev.bes.orchestrator.definition.Definition;
import dev.bes.orchestrator.definition.DefinitionScope;
import dev.bes.orchestrator.explain.AskedTime;
import dev.bes.orchestrator.explain.Explainer;
import dev.bes.orchestrator.explain.Explanation;
import dev.bes.orchestrator.web.problem.ProblemException;
import dev.bes.orchestrator.web.problem.ProblemKind;
import dev.bes.orchestrator.web.security.Authorization;
import java.util.Objects;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Explains what a caller asks about, as far as he may see it. */
@Component
public final class Explanations {
    private final Explainer explainer;
    private final Authorization authorization;

    Explanations(Explainer explainer, Authorization authorization) {
        this.explainer = explainer;
        this.authorization = authorization;
    }

    /**
     * The explanation.
     *
     * @throws ProblemException if the query is invalid, or the caller may not see what it is about
     */
    public Explanation of(ExplainQuery query, Access access) {
        query.check();
        DefinitionScope scope = access.scope(Role.VIEWER);
        AskedTime at = query.time();
        if (query.run() != null) {
            return explainer.run(authorization.run(Long.parseLong(query.run()), access, Role.VIEWER));
        }
        if (query.request() != null) {
            return explainer.request(query.request(), scope);
        }
        if (query.definition() == null) {
            return query.file() != null
                    ? explainer.file(query.file(), null, scope)
                    : explainer.time(Objects.requireNonNull(at), scope);
        }
        Optional<Explanation> notLoaded = notLoaded(query.definition(), access);
        if (notLoaded.isPresent()) {
            return notLoaded.get();
        }
        Definition definition = authorization.definition(query.definition(), access, Role.VIEWER);
        if (query.file() != null) {
            return explainer.file(query.file(), definition.name(), scope);
        }
        if (at != null) {
            return explainer.schedule(definition, query.schedule(), at, scope);
        }
        return query.schedule() == null
                ? explainer.definition(definition)
                : definition
                        .triggers()
                        .schedule(query.schedule())
                        .map(schedule -> explainer.schedule(definition, schedule))
                        .orElseThrow(() -> new ProblemException(
                                ProblemKind.UNKNOWN_SCHEDULE,
                                "Definition '%s' has no such schedule".formatted(definition.name())));
    }

    /** Why a definition is not loaded that the caller could see if it were. */
    private Optional<Explanation> notLoaded(String definition, Access access) {
        boolean isLoaded = authorization.visible(access).stream()
                .anyMatch(known -> known.name().equals(definition));
        return isLoaded || !access.may(Role.VIEWER, definition) ? Optional.empty() : explainer.notLoaded(definition);
    }
}
