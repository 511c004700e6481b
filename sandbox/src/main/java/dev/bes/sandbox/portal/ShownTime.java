package dev.bes.sandbox.portal;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** A time as pages show it, in UTC. */
public record ShownTime(Instant instant) {

    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** For the attribute {@code datetime}. */
    public String iso() {
        return instant.toString();
    }

    /** For people, to the second. */
    public String text() {
        return FORMAT.format(instant);
    }
}
