package dev.bes.sandbox.management.rest;

import dev.bes.sandbox.management.ManagementError;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A {@code $filter} of comparisons and functions of text, joined by {@code and}. Source: the fields and operators that API
 * Management's specification lists for each collection. Texts are compared without regard to case.
 */
final class ODataFilter {

    private static final int LONGEST = 2000;
    private static final String TEXT = "'((?:[^']|'')*)'";
    private static final Pattern COMPARISON =
            Pattern.compile("\\s*(\\w+)\\s+(eq|ne|ge|le|gt|lt)\\s+" + TEXT + "\\s*", Pattern.CASE_INSENSITIVE);
    private static final Pattern FUNCTION = Pattern.compile(
            "\\s*(contains|startswith|endswith)\\(\\s*(\\w+)\\s*,\\s*" + TEXT + "\\s*\\)\\s*",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern SUBSTRING_OF =
            Pattern.compile("\\s*substringof\\(\\s*" + TEXT + "\\s*,\\s*(\\w+)\\s*\\)\\s*", Pattern.CASE_INSENSITIVE);
    private static final Pattern AND = Pattern.compile("and\\s", Pattern.CASE_INSENSITIVE);

    private final List<Condition> conditions;

    private ODataFilter(List<Condition> conditions) {
        this.conditions = conditions;
    }

    private record Condition(String field, Predicate<String> test) {}

    /**
     * Reads a filter; an empty one lets everything pass.
     *
     * @throws ManagementError 400 when it cannot be read
     */
    static ODataFilter parse(String text) {
        List<Condition> conditions = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            if (text.length() > LONGEST) {
                throw mistake(LONGEST);
            }
            Matcher found = next(text, at);
            conditions.add(condition(found));
            at = found.end();
            if (at < text.length()) {
                Matcher and = AND.matcher(text).region(at, text.length());
                if (!and.lookingAt() || and.end() == text.length()) {
                    throw mistake(at);
                }
                at = and.end();
            }
        }
        return new ODataFilter(conditions);
    }

    /**
     * Whether all conditions hold.
     *
     * @param fields the values by name; a field that has no value is an empty text
     * @throws ManagementError 400 when the filter names another field
     */
    boolean matches(Map<String, String> fields) {
        for (Condition each : conditions) {
            String value = fields.get(each.field());
            if (value == null) {
                throw ManagementError.invalid(
                        "$filter", "Field '%s' is none of %s.".formatted(each.field(), fields.keySet()));
            }
            if (!each.test().test(value.toLowerCase(Locale.ROOT))) {
                return false;
            }
        }
        return true;
    }

    private static Matcher next(String text, int at) {
        for (Pattern form : List.of(COMPARISON, FUNCTION, SUBSTRING_OF)) {
            Matcher found = form.matcher(text).region(at, text.length());
            if (found.lookingAt()) {
                return found;
            }
        }
        throw mistake(at);
    }

    private static Condition condition(Matcher found) {
        if (found.pattern() == COMPARISON) {
            return new Condition(found.group(1), comparison(found.group(2), text(found.group(3))));
        }
        if (found.pattern() == FUNCTION) {
            return new Condition(found.group(2), function(found.group(1), text(found.group(3))));
        }
        return new Condition(found.group(2), function("contains", text(found.group(1))));
    }

    private static Predicate<String> comparison(String operator, String other) {
        return switch (operator.toLowerCase(Locale.ROOT)) {
            case "eq" -> value -> value.equals(other);
            case "ne" -> value -> !value.equals(other);
            case "ge" -> value -> value.compareTo(other) >= 0;
            case "le" -> value -> value.compareTo(other) <= 0;
            case "gt" -> value -> value.compareTo(other) > 0;
            default -> value -> value.compareTo(other) < 0;
        };
    }

    private static Predicate<String> function(String name, String other) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "startswith" -> value -> value.startsWith(other);
            case "endswith" -> value -> value.endsWith(other);
            default -> value -> value.contains(other);
        };
    }

    private static String text(String quoted) {
        return quoted.replace("''", "'").toLowerCase(Locale.ROOT);
    }

    private static ManagementError mistake(int at) {
        return ManagementError.invalid(
                "$filter",
                ("Character %d: a condition as field eq 'text' or contains(field, 'text') is expected, joined by 'and', in"
                                + " at most %d characters.")
                        .formatted(at + 1, LONGEST));
    }
}
