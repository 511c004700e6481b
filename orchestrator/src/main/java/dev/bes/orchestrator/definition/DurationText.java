package dev.bes.orchestrator.definition;

import java.time.Duration;
import java.util.Locale;

/** Durations as people write them: {@code 30s}, {@code 1h30m}, {@code 1d}, or ISO-8601. */
final class DurationText {

    private DurationText() {}

    /** Reads a text that the schema has found to be a duration. */
    static Duration parse(String text) {
        if (text.startsWith("P")) {
            return Duration.parse(text);
        }
        String upper = text.toUpperCase(Locale.ROOT);
        int days = upper.indexOf('D') + 1;
        String time = upper.substring(days);
        return Duration.parse("P" + upper.substring(0, days) + (time.isEmpty() ? "" : "T" + time));
    }
}
