package dev.bes.orchestrator.definition.calendar;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A text with a date or a span of dates in each line: {@code 2026-12-24..2026-12-31 Christmas}. */
final class DateList {
    private static final Pattern LINE = Pattern.compile("(\\S+?)(?:\\.\\.(\\S+))?(?:\\s+(.*))?");
    private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");

    private DateList() {}

    /**
     * Reads the dates. Empty lines, and what follows a {@code #}, are left out.
     *
     * @throws InvalidCalendarException if a line has no date, with its number
     */
    static NamedDates read(String text) {
        NamedDates dates = new NamedDates();
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).replaceFirst("#.*", "").strip();
            if (!line.isEmpty()) {
                add(dates, line, "line " + (i + 1) + ": ");
            }
        }
        return dates;
    }

    private static void add(NamedDates dates, String line, String where) {
        Matcher parts = LINE.matcher(line);
        if (!parts.matches()) {
            throw new InvalidCalendarException(where + "there is no date");
        }
        LocalDate first = date(parts.group(1), where);
        LocalDate last = parts.group(2) == null ? first : date(parts.group(2), where);
        if (last.isBefore(first)) {
            throw new InvalidCalendarException(where + last + " is before " + first);
        }
        dates.add(first, last.plusDays(1), parts.group(3) == null ? "" : parts.group(3));
    }

    private static LocalDate date(String text, String where) {
        try {
            if (DATE.matcher(text).matches()) {
                return LocalDate.parse(text);
            }
        } catch (DateTimeException _) {
            // told below
        }
        String shown = text.length() > 40 ? text.substring(0, 40) + "…" : text;
        throw new InvalidCalendarException(
                "%sthere is no date '%s', write one such as 2026-12-24, or 2026-12-24..2026-12-31"
                        .formatted(where, shown));
    }
}
