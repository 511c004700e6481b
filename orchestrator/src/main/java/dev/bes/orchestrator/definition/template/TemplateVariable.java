package dev.bes.orchestrator.definition.template;

import dev.bes.orchestrator.text.Suggestion;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A variable of a template: the text between the braces.
 *
 * @param name name of the value
 * @param argument the text after the first colon: the pattern of a time, or {@code -} and the default of a request
 *     parameter
 */
public record TemplateVariable(String name, @Nullable String argument) {

    private static final String REQUEST = "request.";
    private static final String NO_VALUE = " has no value: ";
    private static final Pattern REQUEST_NAME = Pattern.compile("request[.][A-Za-z0-9._-]+");
    private static final List<String> TIMES = List.of("run.time", "fire.time");
    private static final List<String> NAMES =
            List.of("definition", "run.id", "run.time", "fire.time", "file.name", "file.stem", "request.NAME");

    /**
     * Parses the text between the braces.
     *
     * @throws TemplateException when the variable does not exist or its syntax is wrong
     */
    static TemplateVariable parse(String expression) {
        int colon = expression.indexOf(':');
        TemplateVariable variable = colon < 0
                ? new TemplateVariable(expression, null)
                : new TemplateVariable(expression.substring(0, colon), expression.substring(colon + 1));
        variable.check();
        return variable;
    }

    /** Whether it is a time, which may have a pattern. */
    boolean isTime() {
        return TIMES.contains(name);
    }

    /** Whether a run has its value before it has a number and files. */
    public boolean isKnownBeforeRun() {
        return name.startsWith(REQUEST) || name.equals("fire.time") || name.equals("definition");
    }

    /** Whether every request must have a value for it. */
    public boolean isRequiredParameter() {
        return name.startsWith(REQUEST) && argument == null;
    }

    private void check() {
        if (name.startsWith(REQUEST)) {
            check(REQUEST_NAME.matcher(name).matches(), "must be named by letters, digits, '.', '_' and '-'");
            check(argument == null || argument.startsWith("-"), "takes only a default, as in ${" + name + ":-eu}");
        } else if (isTime()) {
            time(Instant.EPOCH, ZoneOffset.UTC);
        } else {
            check(NAMES.contains(name), "is not a template: " + Suggestion.hint(name, NAMES));
            check(argument == null, "takes no ':'");
        }
    }

    private void check(boolean good, String problem) {
        if (!good) {
            throw new TemplateException(this + " " + problem);
        }
    }

    /**
     * Returns the value in a run.
     *
     * @throws TemplateException when the run has no such value
     */
    String value(TemplateValues values) {
        return switch (name) {
            case "definition" -> values.definition();
            case "run.id" -> values.runId();
            case "run.time" -> time(values.runTime(), values.zone());
            case "fire.time" -> time(require(values.fireTime(), "no schedule started this run"), values.zone());
            case "file.name" -> require(values.fileName(), "no file started this run");
            case "file.stem" -> stem(require(values.fileName(), "no file started this run"));
            default -> parameter(values);
        };
    }

    private String parameter(TemplateValues values) {
        String parameter = name.substring(REQUEST.length());
        String given = values.request().get(parameter);
        String fallback = argument == null ? null : argument.substring(1);
        return require(given == null ? fallback : given, missing());
    }

    /** The exception for a request that lacks a parameter. */
    static TemplateException missing(String parameter) {
        TemplateVariable variable = new TemplateVariable(REQUEST + parameter, null);
        return new TemplateException(variable + NO_VALUE + variable.missing());
    }

    private String missing() {
        return "the request has no '" + name.substring(REQUEST.length()) + "'";
    }

    private <T> T require(@Nullable T value, String problem) {
        if (value == null) {
            throw new TemplateException(this + NO_VALUE + problem);
        }
        return value;
    }

    private String time(Instant time, ZoneId zone) {
        if (argument == null) {
            return time.toString();
        }
        try {
            return DateTimeFormatter.ofPattern(argument, Locale.ROOT).format(time.atZone(zone));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new TemplateException(this + " has a bad pattern: " + e.getMessage());
        }
    }

    private static String stem(String file) {
        int dot = file.lastIndexOf('.');
        return dot > 0 ? file.substring(0, dot) : file;
    }

    /** The variable as it is written in a template. */
    @Override
    public String toString() {
        return "${" + name + (argument == null ? "" : ":" + argument) + "}";
    }
}
