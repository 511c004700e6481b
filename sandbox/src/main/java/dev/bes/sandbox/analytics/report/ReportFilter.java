package dev.bes.sandbox.analytics.report;

import dev.bes.sandbox.analytics.Series;
import dev.bes.sandbox.analytics.TimeRange;
import dev.bes.sandbox.management.ManagementError;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The {@code $filter} of a report: bounds of {@code timestamp} and equal ids, joined by {@code and}. Source:
 * {@code apimreports.json} of API Management's specification.
 */
final class ReportFilter {

    private static final int LONGEST = 2000;
    private static final Pattern CONDITION =
            Pattern.compile("\\s*(\\w+)\\s+(\\w+)\\s+(datetime)?'((?:[^']|'')*)'\\s*", Pattern.CASE_INSENSITIVE);
    private static final Pattern AND = Pattern.compile("and\\s", Pattern.CASE_INSENSITIVE);

    private Instant from;
    private Instant to;
    private Predicate<Series> wanted = series -> true;

    private ReportFilter(TimeRange widest) {
        this.from = widest.from();
        this.to = widest.to();
    }

    /**
     * Reads a filter.
     *
     * @param widest the range where the filter has no bound
     * @throws ManagementError 400 when it cannot be read
     */
    static ReportFilter parse(String text, TimeRange widest) {
        if (text.length() > LONGEST) {
            throw invalid("A filter may have at most %d characters.".formatted(LONGEST));
        }
        ReportFilter filter = new ReportFilter(widest);
        int at = filter.addNext(text, 0);
        while (at < text.length()) {
            Matcher and = AND.matcher(text).region(at, text.length());
            if (!and.lookingAt()) {
                throw mistake(at);
            }
            at = filter.addNext(text, and.end());
        }
        if (filter.to.isBefore(filter.from)) {
            throw invalid("The range of timestamp ends before it begins.");
        }
        return filter;
    }

    TimeRange range() {
        return new TimeRange(from, to);
    }

    Predicate<Series> wanted() {
        return wanted;
    }

    private int addNext(String text, int at) {
        Matcher found = CONDITION.matcher(text).region(at, text.length());
        if (!found.lookingAt()) {
            throw mistake(at);
        }
        add(found, at);
        return found.end();
    }

    private void add(Matcher condition, int at) {
        String field = condition.group(1);
        String value = condition.group(4).replace("''", "'");
        switch (field + " " + condition.group(2)) {
            case "timestamp ge" -> from = moment(condition, at);
            case "timestamp le" -> to = moment(condition, at);
            case "apiId eq" -> require(value, Series::apiId);
            case "operationId eq" -> require(value, Series::operationId);
            case "productId eq" -> require(value, Series::productId);
            case "subscriptionId eq" -> require(value, Series::sid);
            case "userId eq" -> require(value, Series::userId);
            default ->
                throw invalid(("Character %d: '%s %s' is none of timestamp ge, timestamp le, and eq with apiId,"
                                + " operationId, productId, subscriptionId or userId.")
                        .formatted(at + 1, field, condition.group(2)));
        }
    }

    /** An id is given as a path, {@code /products/starter}, or alone. */
    private void require(String path, Field field) {
        String id = path.substring(path.lastIndexOf('/') + 1);
        wanted = wanted.and(series -> id.equalsIgnoreCase(field.of(series)));
    }

    private static Instant moment(Matcher condition, int at) {
        try {
            if (condition.group(3) == null) {
                throw mistake(at);
            }
            return switch (DateTimeFormatter.ISO_DATE_TIME.parseBest(
                    condition.group(4), OffsetDateTime::from, LocalDateTime::from)) {
                case OffsetDateTime withOffset -> withOffset.toInstant();
                case LocalDateTime utc -> utc.toInstant(ZoneOffset.UTC);
                default -> throw mistake(at);
            };
        } catch (DateTimeException e) {
            throw mistake(at);
        }
    }

    private static ManagementError mistake(int at) {
        return invalid(("Character %d: timestamp ge datetime'2026-01-31T00:00:00', or such a condition with le, or"
                        + " productId eq '/products/starter' is expected, joined by 'and'.")
                .formatted(at + 1));
    }

    private static ManagementError invalid(String message) {
        return ManagementError.invalid("$filter", message);
    }

    /** One of the values that calls are counted by. */
    @FunctionalInterface
    private interface Field {
        @Nullable
        String of(Series series);
    }
}
