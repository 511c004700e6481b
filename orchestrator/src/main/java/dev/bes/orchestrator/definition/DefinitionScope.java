package dev.bes.orchestrator.definition;

import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The definitions that somebody may see, by patterns of their names. In a pattern {@code *} stands for any characters:
 * {@code finance-*} is a team, {@code *} is everything.
 *
 * @param patterns the patterns, in order of the alphabet; none includes nothing
 */
public record DefinitionScope(List<String> patterns) {
    private static final Pattern FORM = Pattern.compile("[a-z0-9*-]{1,63}");
    private static final int MAX_STARS = 4;

    /** All definitions, those of the past included. */
    public static final DefinitionScope ALL = new DefinitionScope(List.of("*"));

    /**
     * Sorts the patterns and removes repetitions.
     *
     * @throws IllegalArgumentException if one of them can match no name of a definition
     */
    public DefinitionScope {
        patterns.forEach(DefinitionScope::check);
        patterns = List.copyOf(new TreeSet<>(patterns));
    }

    /** A scope of these patterns. */
    public static DefinitionScope of(Collection<String> patterns) {
        return new DefinitionScope(List.copyOf(patterns));
    }

    /**
     * Checks one pattern.
     *
     * @throws IllegalArgumentException if it can match no name of a definition, or has more than four {@code *}
     */
    public static void check(String pattern) {
        if (!FORM.matcher(pattern).matches()
                || pattern.chars().filter(c -> c == '*').count() > MAX_STARS) {
            throw new IllegalArgumentException(
                    "'" + pattern + "' is no pattern for names of definitions: 1 to 63 lower-case"
                            + " letters, digits and dashes are expected, with at most four * for any characters");
        }
    }

    /** Whether nothing is left out. */
    public boolean isAll() {
        return patterns.contains("*");
    }

    /** Whether the definition of this name is included. */
    public boolean includes(String definition) {
        return patterns.stream().anyMatch(pattern -> matches(pattern, definition));
    }

    /** The patterns for {@code LIKE ANY}. Names of definitions hold no character that is special there. */
    public String[] likePatterns() {
        return patterns.stream().map(pattern -> pattern.replace('*', '%')).toArray(String[]::new);
    }

    private static boolean matches(String pattern, String definition) {
        return Pattern.matches(pattern.replace("*", ".*"), definition);
    }
}
