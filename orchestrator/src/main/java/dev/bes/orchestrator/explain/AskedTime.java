package dev.bes.orchestrator.explain;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A time that somebody asks about: a day, a minute or a second.
 *
 * @param local its begin, by a clock on the wall
 * @param offset of that clock; null for the zone of what is asked about
 * @param length how long it is
 */
public record AskedTime(LocalDateTime local, @Nullable ZoneOffset offset, Duration length) {
    private static final Duration DAY = Duration.ofDays(1);
    private static final DateTimeFormatter TEXT = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ssXXX");
    private static final Pattern FORM = Pattern.compile(
            "(\\d{4}-\\d\\d-\\d\\d)(?:T(\\d\\d:\\d\\d)(:\\d\\d)?(?:\\.\\d{1,9})?)?(Z|[+-]\\d\\d:\\d\\d)?");

    /**
     * A span of time.
     *
     * @param from its begin
     * @param to its end, not included
     */
    record Span(Instant from, Instant to) {
        boolean includes(Instant time) {
            return !time.isBefore(from) && time.isBefore(to);
        }
    }

    /**
     * Reads a time such as {@code 2026-03-29}, {@code 2026-03-29T02:30} or {@code 2026-03-29T00:30:00Z}.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static AskedTime of(String text) {
        Matcher parts = FORM.matcher(text);
        if (parts.matches()) {
            try {
                LocalDate day = LocalDate.parse(parts.group(1));
                String time = parts.group(2);
                String seconds = parts.group(3);
                LocalTime begin =
                        time == null ? LocalTime.MIDNIGHT : LocalTime.parse(time + (seconds == null ? "" : seconds));
                Duration length = time == null ? DAY : seconds == null ? Duration.ofMinutes(1) : Duration.ofSeconds(1);
                ZoneOffset offset = parts.group(4) == null ? null : ZoneOffset.of(parts.group(4));
                if (day.getYear() > 0) {
                    return new AskedTime(day.atTime(begin), offset, length);
                }
            } catch (DateTimeException _) {
                // told below
            }
        }
        throw new IllegalArgumentException(
                "is no day such as 2026-03-29, and no time such as 2026-03-29T02:30 (by the clock"
                        + " of the schedule) or 2026-03-29T00:30:00Z");
    }

    /** When it was, or will be, in a zone: never if clocks leave it out, twice if they show it twice. */
    List<Span> in(ZoneId zone) {
        ZoneId own = offset == null ? zone : offset;
        if (length.equals(DAY)) {
            LocalDate day = local.toLocalDate();
            return List.of(new Span(
                    day.atStartOfDay(own).toInstant(),
                    day.plusDays(1).atStartOfDay(own).toInstant()));
        }
        return own.getRules().getValidOffsets(local).stream()
                .map(local::toInstant)
                .map(from -> new Span(from, from.plus(length)))
                .toList();
    }

    /** The time in words, in the zone if it names none itself. */
    String words(ZoneId zone) {
        String day = local.toLocalDate().toString();
        String text = length.equals(DAY) ? day : day + " " + local.toLocalTime();
        return text + " " + (offset == null ? zone.getId() : offset.getId()).replaceAll("^Z$", "UTC");
    }

    /** An instant in words. */
    static String words(Instant time, ZoneId zone) {
        return TEXT.format(time.atZone(zone));
    }
}
