package dev.bes.sandbox.catalogue;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A web service parameter: a setting of the model that requests may give. Its name is case-sensitive.
 *
 * @param fallback the default; a parameter without one is required
 * @param allowed the only values; empty for any of the type
 * @param minimum the least number; null for none
 * @param maximum the greatest number; null for none
 */
public record Parameter(
        String name,
        ParameterType type,
        @Nullable String fallback,
        List<String> allowed,
        @Nullable BigDecimal minimum,
        @Nullable BigDecimal maximum) {

    /** A parameter that takes any text. */
    public static Parameter text(String name, @Nullable String fallback) {
        return new Parameter(name, ParameterType.STRING, fallback, List.of(), null, null);
    }

    /** A parameter that takes a whole number between two bounds, both allowed. */
    public static Parameter number(String name, int fallback, int least, int most) {
        return new Parameter(
                name,
                ParameterType.INTEGER,
                String.valueOf(fallback),
                List.of(),
                BigDecimal.valueOf(least),
                BigDecimal.valueOf(most));
    }

    /** Whether a value satisfies the type, the allowed values and the bounds. */
    public boolean accepts(String value) {
        return type.accepts(value) && (allowed.isEmpty() || allowed.contains(value)) && isWithin(value);
    }

    private boolean isWithin(String value) {
        if (minimum == null && maximum == null) {
            return true;
        }
        try {
            BigDecimal number = new BigDecimal(value);
            return (minimum == null || number.compareTo(minimum) >= 0)
                    && (maximum == null || number.compareTo(maximum) <= 0);
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
