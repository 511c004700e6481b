package dev.bes.orchestrator.definition.calendar;

import java.time.LocalDate;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** Dates with what they are called. The first name of a date counts. */
final class NamedDates {
    /** The first date that counts. */
    static final LocalDate FIRST = LocalDate.of(2000, 1, 1);
    /** The last date that counts: events that recur for ever end here. */
    static final LocalDate LAST = LocalDate.of(2100, 12, 31);

    private static final int MAX = 10_000;
    private static final int MAX_NAME = 100;

    private final SortedMap<LocalDate, String> names = new TreeMap<>();

    /**
     * Adds the dates of a span that lie within {@link #FIRST} and {@link #LAST}.
     *
     * @param end the first date after the span
     * @param name empty if it has none
     * @throws InvalidCalendarException if there are too many
     */
    void add(LocalDate start, LocalDate end, String name) {
        LocalDate last = end.isAfter(LAST) ? LAST.plusDays(1) : end;
        String text = name.strip().replaceAll("\\s+", " ");
        String shortened = text.length() > MAX_NAME ? text.substring(0, MAX_NAME) + "…" : text;
        for (LocalDate day = start.isBefore(FIRST) ? FIRST : start; day.isBefore(last); day = day.plusDays(1)) {
            names.putIfAbsent(day, shortened);
            if (names.size() > MAX) {
                throw new InvalidCalendarException("it has more than %,d dates".formatted(MAX));
            }
        }
    }

    /** The names by date; empty for a date without a name. */
    SortedMap<LocalDate, String> names() {
        return Collections.unmodifiableSortedMap(names);
    }
}
