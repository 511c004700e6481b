package dev.bes.orchestrator.web.format;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Formats points in time, absolute and relative to now. */
@Component
public final class RelativeTimes {
    private static final DateTimeFormatter UTC = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final Duration NOW = Duration.ofSeconds(2);

    private final InstantSource clock;

    RelativeTimes(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * A point in time as people read it.
     *
     * @param iso for programs
     * @param utc to the second, in UTC
     * @param ago seen from now
     */
    public record Moment(String iso, String utc, String ago) {}

    public Moment of(Instant time) {
        return new Moment(time.toString(), UTC.format(time), ago(time));
    }

    @Nullable
    public Moment ofNullable(@Nullable Instant time) {
        return time == null ? null : of(time);
    }

    /** How long something has lasted; until now, if it has not ended. */
    public String lasted(Instant from, @Nullable Instant to) {
        return Formats.duration(Duration.between(from, to == null ? clock.instant() : to));
    }

    private String ago(Instant time) {
        Duration age = Duration.between(time, clock.instant());
        if (age.abs().compareTo(NOW) < 0) {
            return "just now";
        }
        String size = Formats.rough(age.abs().truncatedTo(ChronoUnit.SECONDS));
        return age.isNegative() ? "in " + size : size + " ago";
    }
}
