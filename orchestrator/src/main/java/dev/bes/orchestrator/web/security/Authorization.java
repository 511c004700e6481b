package dev.bes.orchestrator.web.security;

import dev.bes.orchestrator.account.Access;
import dev.bes.orchestrator.account.Role;
import dev.bes.orchestrator.audit.RequestOrigin;
import dev.bes.orchestrator.definition.Definition;
import dev.bes.orchestrator.definition.Definitions;
import dev.bes.orchestrator.run.query.RunReader;
import dev.bes.orchestrator.run.query.RunView;
import dev.bes.orchestrator.trigger.RunRefusedException;
import dev.bes.orchestrator.web.problem.ProblemException;
import dev.bes.orchestrator.web.problem.ProblemKind;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Decides about runs and definitions. What a caller may not see is answered as if it did not exist. */
@Component
public final class Authorization {
    private final RunReader reader;
    private final Definitions definitions;

    Authorization(RunReader reader, Definitions definitions) {
        this.reader = reader;
        this.definitions = definitions;
    }

    /**
     * A run on whose definition the caller has a role.
     *
     * @throws ProblemException if there is none that he may see, or his role is too low
     */
    public RunView run(long id, Access access, Role role) {
        Optional<RunView> existing = reader.find(id);
        existing.ifPresent(found -> RequestOrigin.isAbout("run " + id, found.definition()));
        RunView run = existing.filter(found -> access.may(Role.VIEWER, found.definition()))
                .orElseThrow(() -> ProblemException.unknownRun(id));
        require(access, role, run.definition());
        return run;
    }

    /**
     * A loaded definition on which the caller has a role.
     *
     * @throws RunRefusedException.UnknownDefinition if there is none that he may see
     * @throws ProblemException if his role is too low
     */
    public Definition definition(String name, Access access, Role role) {
        definitions.find(name).ifPresent(known -> RequestOrigin.isAbout("definition " + name, name));
        Definition definition = visible(access).stream()
                .filter(known -> known.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new RunRefusedException.UnknownDefinition(
                        name, visible(access).stream().map(Definition::name).toList()));
        require(access, role, name);
        return definition;
    }

    /** The loaded definitions that the caller may see. */
    public List<Definition> visible(Access access) {
        return definitions.all().stream()
                .filter(definition -> access.may(Role.VIEWER, definition.name()))
                .toList();
    }

    private static void require(Access access, Role role, String definition) {
        if (!access.may(role, definition)) {
            throw new ProblemException(
                    ProblemKind.FORBIDDEN,
                    "This needs the role '%s' on definition '%s'".formatted(role.word(), definition));
        }
    }
}
