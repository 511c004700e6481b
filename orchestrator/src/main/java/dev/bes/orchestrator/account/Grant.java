package dev.bes.orchestrator.account;

import dev.bes.orchestrator.definition.DefinitionScope;

/**
 * A role on the definitions of a pattern. Written as {@code role} for everything, or {@code role:pattern}.
 *
 * @param role the role
 * @param pattern the pattern of the names of definitions, see {@link DefinitionScope}
 */
public record Grant(Role role, String pattern) {
    /**
     * Checks the pattern.
     *
     * @throws IllegalArgumentException if it can match no name of a definition
     */
    public Grant {
        DefinitionScope.check(pattern);
    }

    /** A role on everything. */
    public static Grant everywhere(Role role) {
        return new Grant(role, "*");
    }

    /**
     * Parses the form that {@link #toString} writes.
     *
     * @throws IllegalArgumentException if it is none; the message says why
     */
    public static Grant of(String text) {
        int colon = text.indexOf(':');
        return colon < 0
                ? everywhere(Role.of(text))
                : new Grant(Role.of(text.substring(0, colon)), text.substring(colon + 1));
    }

    /** Whether it holds for every definition, and for what belongs to none. */
    public boolean isEverywhere() {
        return pattern.equals("*");
    }

    @Override
    public String toString() {
        return isEverywhere() ? role.word() : role.word() + ":" + pattern;
    }
}
