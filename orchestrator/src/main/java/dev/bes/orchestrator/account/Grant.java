package dev.bes.orchestrator.account;

import dev.bes.orchestrator.definition.DefinitionScope;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

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

    /**
     * Parses several.
     *
     * @throws IllegalArgumentException if one of them is none; the message says why
     */
    public static List<Grant> of(Collection<String> texts) {
        return texts.stream().map(Grant::of).distinct().toList();
    }

    /** What each of the one and each of the other allow: the grants of somebody who acts with the permission of another. */
    public static List<Grant> intersection(List<Grant> some, List<Grant> others) {
        List<Grant> all = some.stream()
                .flatMap(one -> others.stream().flatMap(other -> one.intersection(other).stream()))
                .distinct()
                .toList();
        return all.stream()
                .filter(one -> all.stream().noneMatch(other -> !other.equals(one) && other.includes(one)))
                .toList();
    }

    /** Whether whoever has it may do all that the other allows. */
    boolean includes(Grant other) {
        return role.includes(other.role) && covers(other);
    }

    /** Patterns that overlap only in part have none: whoever gets too little notices it, and nobody gets too much. */
    private Optional<Grant> intersection(Grant other) {
        Role lower = role.includes(other.role) ? other.role : role;
        if (covers(other)) {
            return Optional.of(new Grant(lower, other.pattern));
        }
        return other.covers(this) ? Optional.of(new Grant(lower, pattern)) : Optional.empty();
    }

    /** A pattern that matches another one as a text matches all that the other one matches. */
    private boolean covers(Grant other) {
        return new DefinitionScope(List.of(pattern)).includes(other.pattern);
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
