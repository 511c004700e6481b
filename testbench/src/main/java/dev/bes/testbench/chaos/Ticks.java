package dev.bes.testbench.chaos;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A schedule that fires every few seconds during some whole minutes, in UTC, and never again within the hour.
 *
 * @param every seconds, a divisor of 60
 * @param first the first minute
 * @param minutes how many, fewer than 60
 */
record Ticks(int every, Instant first, int minutes) {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    Ticks {
        first = first.truncatedTo(ChronoUnit.MINUTES);
        if (60 % every != 0 || minutes >= 60) {
            throw new IllegalArgumentException("A schedule of every %d s for %d minutes".formatted(every, minutes));
        }
    }

    /** The schedule as Quartz writes it. */
    String cron() {
        String list = Stream.iterate(first, minute -> minute.plus(MINUTE))
                .limit(minutes)
                .map(minute -> Integer.toString(minute.atZone(ZoneOffset.UTC).getMinute()))
                .collect(Collectors.joining(","));
        return "0/%d %s * * * ?".formatted(every, list);
    }

    /** All instants after one and up to another. */
    List<Instant> between(Instant after, Instant upTo) {
        return Stream.iterate(first, tick -> tick.isBefore(end()), tick -> tick.plusSeconds(every))
                .filter(tick -> tick.isAfter(after) && !tick.isAfter(upTo))
                .toList();
    }

    /** When it is over. */
    Instant end() {
        return first.plus(MINUTE.multipliedBy(minutes));
    }
}
