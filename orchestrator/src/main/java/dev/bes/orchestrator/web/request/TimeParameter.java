package dev.bes.orchestrator.web.request;

import dev.bes.orchestrator.web.problem.ProblemException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** A time in the query of an address: a day, or a time in UTC. */
public final class TimeParameter {
    private static final int DAY = 10;
    private static final int LAST_YEAR = 9999;

    private TimeParameter() {}

    /**
     * The time; null if there is none. PostgreSQL's times end in the year 294276; nobody asks for what is after 9999.
     *
     * @param end whether a day stands for its end, else for its begin
     * @throws ProblemException if it is neither a day nor a time
     */
    public static @Nullable Instant of(String name, @Nullable String text, boolean end) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        try {
            Instant time = text.length() == DAY
                    ? LocalDate.parse(text)
                            .plusDays(end ? 1 : 0)
                            .atStartOfDay(ZoneOffset.UTC)
                            .toInstant()
                    : Instant.parse(text);
            int year = time.atOffset(ZoneOffset.UTC).getYear();
            if (year > 0 && year <= LAST_YEAR) {
                return time;
            }
        } catch (DateTimeParseException _) {
            // told below
        }
        throw ProblemException.badRequest(
                "'%s' is neither a day such as 2026-11-28 nor a time such as 2026-11-28T09:30:00Z".formatted(name));
    }
}
