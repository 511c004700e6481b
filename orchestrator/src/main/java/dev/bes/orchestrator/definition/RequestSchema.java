package dev.bes.orchestrator.definition;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a definition, as {@code request.schema} describes them in words of JSON Schema.
 *
 * @param properties the parameters, in the order of the file
 * @param required names of those that every request must bring
 */
public record RequestSchema(List<ParameterSchema> properties, List<String> required) {

    /**
     * A value that does not fit.
     *
     * @param parameter name of the parameter
     * @param message what is wrong; continues a sentence that begins with the parameter
     */
    public record Violation(String parameter, String message) {}

    /** The description of a parameter; empty if there is no such parameter. */
    public Optional<ParameterSchema> find(String name) {
        return properties.stream()
                .filter(property -> property.name().equals(name))
                .findFirst();
    }

    /** The parameters of a run, with the default of each that is missing. */
    public Map<String, String> withDefaults(Map<String, String> given) {
        Map<String, String> all = new LinkedHashMap<>(given);
        for (ParameterSchema property : properties) {
            if (property.fallback() != null) {
                all.putIfAbsent(property.name(), property.fallback());
            }
        }
        return all;
    }

    /** All that is wrong with the known parameters of a request. */
    public List<Violation> violations(Map<String, String> given) {
        List<Violation> violations = new ArrayList<>();
        for (ParameterSchema property : properties) {
            String value = given.get(property.name());
            if (value != null) {
                property.mistake(value).ifPresent(mistake -> violations.add(new Violation(property.name(), mistake)));
            } else if (required.contains(property.name()) && property.fallback() == null) {
                violations.add(new Violation(property.name(), "is required"));
            }
        }
        return violations;
    }

    /**
     * What the values of a parameter of a request may be. Values are text; the type says how the text reads.
     *
     * @param name its name
     * @param type what its values are
     * @param description one line for people
     * @param values the only values; empty if there are others
     * @param fallback the value of a run that brings none; null if there is none
     * @param minimum least number
     * @param maximum greatest number
     * @param minLength least number of characters
     * @param maxLength greatest number of characters
     * @param pattern regular expression that a part of the text must match
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ParameterSchema(
            String name,
            Type type,
            String description,
            List<String> values,
            @Nullable String fallback,
            @Nullable BigDecimal minimum,
            @Nullable BigDecimal maximum,
            @Nullable Integer minLength,
            @Nullable Integer maxLength,
            @Nullable String pattern) {

        private static final Pattern INTEGER = Pattern.compile("-?(0|[1-9][0-9]{0,29})");
        private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]{0,29})([.][0-9]{1,30})?");

        /** The types of values. */
        public enum Type {
            /** Any text. */
            STRING,
            /** A whole number. */
            INTEGER,
            /** A decimal number, with a point and without an exponent. */
            NUMBER,
            /** {@code true} or {@code false}. */
            BOOLEAN;

            /** The type of that name in a schema. */
            public static Type of(String name) {
                return valueOf(name.toUpperCase(Locale.ROOT));
            }

            /** Its name in a schema. */
            public String word() {
                return name().toLowerCase(Locale.ROOT);
            }
        }

        /** What is wrong with a value; continues a sentence that begins with the parameter. Empty if it fits. */
        public Optional<String> mistake(String value) {
            Optional<String> wrongType = switch (type) {
                case STRING -> Optional.empty();
                case INTEGER -> unless(INTEGER.matcher(value).matches(), "must be a whole number");
                case NUMBER -> unless(NUMBER.matcher(value).matches(), "must be a number such as 1.5");
                case BOOLEAN -> unless(value.equals("true") || value.equals("false"), "must be true or false");
            };
            if (wrongType.isPresent()) {
                return wrongType;
            }
            if (!values.isEmpty() && !values.contains(value)) {
                return Optional.of("must be " + String.join(" or ", values));
            }
            return type == Type.STRING ? textMistake(value) : numberMistake(value);
        }

        private Optional<String> numberMistake(String value) {
            if (type == Type.BOOLEAN) {
                return Optional.empty();
            }
            BigDecimal number = new BigDecimal(value);
            if (minimum != null && number.compareTo(minimum) < 0) {
                return Optional.of("must be at least " + minimum.toPlainString());
            }
            return maximum != null && number.compareTo(maximum) > 0
                    ? Optional.of("must be at most " + maximum.toPlainString())
                    : Optional.empty();
        }

        private Optional<String> textMistake(String value) {
            int length = value.codePointCount(0, value.length());
            if (minLength != null && length < minLength) {
                return Optional.of("must have at least %d characters".formatted(minLength));
            }
            if (maxLength != null && length > maxLength) {
                return Optional.of("must have at most %d characters".formatted(maxLength));
            }
            return pattern == null
                    ? Optional.empty()
                    : unless(Pattern.compile(pattern).matcher(value).find(), "must match the pattern " + pattern);
        }

        private static Optional<String> unless(boolean fits, String mistake) {
            return fits ? Optional.empty() : Optional.of(mistake);
        }
    }
}
