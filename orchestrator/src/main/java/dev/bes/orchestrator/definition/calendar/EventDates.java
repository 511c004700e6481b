package dev.bes.orchestrator.definition.calendar;

import java.io.IOException;
import java.io.StringReader;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.temporal.Temporal;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.fortuna.ical4j.data.CalendarBuilder;
import net.fortuna.ical4j.data.ParserException;
import net.fortuna.ical4j.model.Component;
import net.fortuna.ical4j.model.Content;
import net.fortuna.ical4j.model.Period;
import net.fortuna.ical4j.model.Property;
import net.fortuna.ical4j.model.component.VEvent;
import net.fortuna.ical4j.model.property.DtStart;

/**
 * The dates of the all-day events of an iCalendar file (RFC 5545), recurring ones included. Events with a time of day and
 * cancelled events do not count.
 */
final class EventDates {
    private static final Period<LocalDate> SPAN = new Period<>(NamedDates.FIRST, NamedDates.LAST);

    private EventDates() {}

    /**
     * Reads the dates.
     *
     * @throws InvalidCalendarException if the text is no iCalendar file, or has no all-day event
     */
    static NamedDates read(String text) {
        try {
            return dates(new CalendarBuilder().build(new StringReader(text)).getComponents(Component.VEVENT));
        } catch (ParserException
                | IOException
                | DateTimeException
                | IllegalArgumentException
                | IllegalStateException e) {
            throw new InvalidCalendarException("it is no iCalendar file: " + e.getMessage());
        }
    }

    private static NamedDates dates(List<VEvent> events) {
        List<VEvent> allDay = events.stream().filter(EventDates::isAllDay).toList();
        if (allDay.isEmpty()) {
            throw new InvalidCalendarException("it has no all-day event (DTSTART;VALUE=DATE)");
        }
        Set<String> replaced = new HashSet<>();
        allDay.forEach(event -> value(event, Property.RECURRENCE_ID).ifPresent(day -> replaced.add(uid(event) + day)));
        NamedDates dates = new NamedDates();
        allDay.stream()
                .filter(event -> value(event, Property.STATUS)
                        .filter("CANCELLED"::equalsIgnoreCase)
                        .isEmpty())
                .forEach(event -> add(dates, event, replaced));
        return dates;
    }

    private static boolean isAllDay(VEvent event) {
        Optional<DtStart<Temporal>> start = event.getProperty(Property.DTSTART);
        return start.isPresent() && start.get().getDate() instanceof LocalDate;
    }

    /** An occurrence that another event of the same UID replaces counts as that event says. */
    private static void add(NamedDates dates, VEvent event, Set<String> replaced) {
        boolean replacement = value(event, Property.RECURRENCE_ID).isPresent();
        Set<Period<LocalDate>> occurrences = event.calculateRecurrenceSet(SPAN);
        for (Period<LocalDate> occurrence : occurrences) {
            LocalDate start = occurrence.getStart();
            String day = start.toString().replace("-", "");
            if (replacement || !replaced.contains(uid(event) + day)) {
                LocalDate end = occurrence.getEnd();
                dates.add(
                        start,
                        end.isAfter(start) ? end : start.plusDays(1),
                        value(event, Property.SUMMARY).orElse(""));
            }
        }
    }

    private static String uid(VEvent event) {
        return value(event, Property.UID).orElse("") + ' ';
    }

    private static Optional<String> value(VEvent event, String property) {
        return event.getProperty(property).map(Content::getValue);
    }
}
