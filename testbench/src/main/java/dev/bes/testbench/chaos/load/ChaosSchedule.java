package dev.bes.testbench.chaos.load;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A schedule that fires every few seconds during whole minutes, in UTC, and not again within the hour.
 *
 * @param everySeconds interval, a divisor of 60
 * @param first the first minute
 * @param minutes how many, fewer than 60
 */
public record ChaosSchedule(int everySeconds, Instant first, int minutes) {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration STARTUP = Duration.ofSeconds(20);
    private static final int USUAL_SECONDS = 5;

    public ChaosSchedule {
        first = first.truncatedTo(ChronoUnit.MINUTES);
        if (60 % everySeconds != 0 || minutes >= 60) {
            throw new IllegalArgumentException(
                    "A schedule of every %d s for %d minutes".formatted(everySeconds, minutes));
        }
    }

    /** The schedule of an experiment that begins now, and lasts that long once its nodes have started. */
    public static ChaosSchedule of(Instant now, Duration length) {
        Instant end = now.plus(STARTUP).plus(length);
        long minutes = end.getEpochSecond() / 60 - now.getEpochSecond() / 60 + 1;
        return new ChaosSchedule(USUAL_SECONDS, now, Math.toIntExact(minutes));
    }

    /** The cron expression of Quartz. */
    String cron() {
        String list = Stream.iterate(first, minute -> minute.plus(MINUTE))
                .limit(minutes)
                .map(minute -> Integer.toString(minute.atZone(ZoneOffset.UTC).getMinute()))
                .collect(Collectors.joining(","));
        return "0/%d %s * * * ?".formatted(everySeconds, list);
    }

    /** All fire times after one instant and up to another. */
    public List<Instant> between(Instant after, Instant upTo) {
        return Stream.iterate(first, time -> time.isBefore(end()), time -> time.plusSeconds(everySeconds))
                .filter(time -> time.isAfter(after) && !time.isAfter(upTo))
                .toList();
    }

    /** The end of its last minute. */
    public Instant end() {
        return first.plus(MINUTE.multipliedBy(minutes));
    }
}
