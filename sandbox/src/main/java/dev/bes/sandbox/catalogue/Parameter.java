package dev.bes.sandbox.catalogue;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A web service parameter; its name is case-sensitive and its values are strings.
 *
 * @param fallback the default; a parameter without one is required
 * @param rule what a value must satisfy
 */
public record Parameter(String name, @Nullable String fallback, Predicate<String> rule) {

    /** A parameter that takes any text. */
    public static Parameter text(String name, @Nullable String fallback) {
        return new Parameter(name, fallback, value -> true);
    }

    /** A parameter that takes a whole number between two bounds, both allowed. */
    public static Parameter number(String name, int fallback, int least, int most) {
        return new Parameter(name, String.valueOf(fallback), value -> isWithin(value, least, most));
    }

    private static boolean isWithin(String value, int least, int most) {
        return value.matches("\\d{1,9}") && Integer.parseInt(value) >= least && Integer.parseInt(value) <= most;
    }
}
