package dev.bes.orchestrator.web.api.backfill;

import dev.bes.orchestrator.web.problem.ProblemException;
import dev.bes.orchestrator.web.request.TimeParameter;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** A day in the zone of a schedule, or a time in UTC. */
final class DayParameter {
    private DayParameter() {}

    /** A day stands for its begin in the zone of the schedule, or for its end. */
    static @Nullable Instant time(String name, @Nullable String text, ZoneId zone, boolean end) {
        if (text != null && text.length() == "2026-03-01".length()) {
            LocalDate day = day(name, text);
            return (end ? day.plusDays(1) : day).atStartOfDay(zone).toInstant();
        }
        return TimeParameter.of(name, text, end);
    }

    static LocalDate day(String name, String text) {
        try {
            LocalDate day = LocalDate.parse(text);
            if (day.getYear() >= 1970) {
                return day;
            }
        } catch (DateTimeParseException _) {
            // told below
        }
        throw ProblemException.badRequest("'%s' holds no day such as 2026-03-01".formatted(name));
    }
}
