package dev.bes.sandbox.analytics.report;

import dev.bes.sandbox.management.ManagementError;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The {@code $orderby} of a report: one field, {@code asc} or {@code desc}. */
final class ReportOrder {

    private static final Pattern FORM = Pattern.compile("\\s*(\\w{1,40})(?:\\s+(asc|desc))?\\s*");
    private static final List<String> FIGURES = List.of(
            "callCountSuccess",
            "callCountBlocked",
            "callCountFailed",
            "callCountOther",
            "callCountTotal",
            "bandwidth",
            "apiTimeAvg");

    private ReportOrder() {}

    /**
     * Reads an order.
     *
     * @param label the field that rows are ordered by where none is given
     * @throws ManagementError 400 when there is no such field
     */
    static Comparator<Map<String, Object>> parse(String text, String label) {
        Matcher found = FORM.matcher(text.isBlank() ? label : text);
        if (!found.matches() || !(found.group(1).equals(label) || FIGURES.contains(found.group(1)))) {
            throw ManagementError.invalid(
                    "$orderby", "'%s' must be %s or one of %s, with asc or desc.".formatted(text, label, FIGURES));
        }
        String field = found.group(1);
        Comparator<Map<String, Object>> order = field.equals(label)
                ? Comparator.comparing(row -> String.valueOf(row.get(field)))
                : Comparator.comparingDouble(row -> ((Number) row.getOrDefault(field, 0)).doubleValue());
        return "desc".equals(found.group(2)) ? order.reversed() : order;
    }
}
