package dev.bes.orchestrator.web.list;

import dev.bes.orchestrator.web.problem.ProblemException;
import java.util.Arrays;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A parameter of an address that chooses the items of a list. An empty one is as if it were not there. */
public final class FilterParameter {
    private static final Pattern DEFINITION = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

    private FilterParameter() {}

    /** The value; null if it is empty. */
    public static @Nullable String given(@Nullable String value) {
        return value == null || value.isEmpty() ? null : value;
    }

    /** Whether there is any of these. */
    public static boolean any(@Nullable String... values) {
        return Stream.of(values).anyMatch(value -> given(value) != null);
    }

    /**
     * The name of a definition, whether there is one of that name or not.
     *
     * @throws ProblemException if no definition can have it
     */
    public static @Nullable String definition(@Nullable String value) {
        String name = given(value);
        if (name != null && !DEFINITION.matcher(name).matches()) {
            throw ProblemException.badRequest("'definition' is not the name of a definition");
        }
        return name;
    }

    /**
     * A text that PostgreSQL can look for.
     *
     * @param longest how many characters it has at most
     * @throws ProblemException if it is longer, or holds a NUL
     */
    public static @Nullable String text(String name, @Nullable String value, int longest) {
        String text = given(value);
        if (text != null && (text.length() > longest || text.indexOf('\0') >= 0)) {
            throw ProblemException.badRequest("'%s' holds a NUL or more than %d characters".formatted(name, longest));
        }
        return text;
    }

    /**
     * A number.
     *
     * @throws ProblemException if it is none
     */
    public static @Nullable Long number(String name, @Nullable String value) {
        String number = given(value);
        if (number != null && !NUMBER.matcher(number).matches()) {
            throw ProblemException.badRequest("'%s' is not a number, or the number is too large".formatted(name));
        }
        return number == null ? null : Long.valueOf(number);
    }

    /**
     * One of a set of words.
     *
     * @throws ProblemException if it is none of them; it names them all
     */
    public static <E> @Nullable E word(
            String name, @Nullable String value, E[] known, Function<? super E, String> wordOf) {
        String word = given(value);
        if (word == null) {
            return null;
        }
        return Arrays.stream(known)
                .filter(one -> wordOf.apply(one).equals(word))
                .findFirst()
                .orElseThrow(() -> ProblemException.badRequest("Unknown %s; the %ss are: %s"
                        .formatted(name, name, Arrays.stream(known).map(wordOf).collect(Collectors.joining(", ")))));
    }

    /**
     * Whether something is asked for by {@code true}.
     *
     * @throws ProblemException if it is neither {@code true} nor {@code false}
     */
    public static boolean only(String name, @Nullable String value) {
        String word = given(value);
        if (word == null || word.equals("false")) {
            return false;
        }
        if (word.equals("true")) {
            return true;
        }
        throw ProblemException.badRequest("'%s' is 'true', or left out for all".formatted(name));
    }
}
