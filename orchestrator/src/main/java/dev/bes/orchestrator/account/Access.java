package dev.bes.orchestrator.account;

import dev.bes.orchestrator.definition.DefinitionScope;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A caller and what he may do.
 *
 * @param name who he is, as the history and the audit name him
 * @param account the number of his account; null if he has none
 * @param grants his grants; without one he may do nothing
 */
public record Access(String name, @Nullable Long account, List<Grant> grants) {
    /** The caller of a service without sign-in. */
    public static final Access ANONYMOUS = new Access("anonymous", List.of(Grant.everywhere(Role.ADMIN)));

    public Access {
        grants = List.copyOf(grants);
    }

    /** A caller without an account. */
    public Access(String name, List<Grant> grants) {
        this(name, null, grants);
    }

    /** Whether he may do everything that the grants allow. */
    public boolean includes(List<Grant> others) {
        return others.stream().allMatch(other -> grants.stream().anyMatch(own -> own.includes(other)));
    }

    /** Whether he has the role, or a higher one, on a definition. */
    public boolean may(Role role, String definition) {
        return scope(role).includes(definition);
    }

    /** Whether he has the role, or a higher one, on any definition that may exist. */
    public boolean maySomewhere(Role role) {
        return grants.stream().anyMatch(grant -> grant.role().includes(role));
    }

    /** Whether he has the role, or a higher one, on everything: also on what belongs to no definition. */
    public boolean mayEverywhere(Role role) {
        return grants.stream()
                .anyMatch(grant -> grant.isEverywhere() && grant.role().includes(role));
    }

    /** The definitions on which he has the role or a higher one. */
    public DefinitionScope scope(Role role) {
        return DefinitionScope.of(grants.stream()
                .filter(grant -> grant.role().includes(role))
                .map(Grant::pattern)
                .toList());
    }
}
