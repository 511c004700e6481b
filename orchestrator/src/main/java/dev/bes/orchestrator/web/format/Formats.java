package dev.bes.orchestrator.web.format;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Formats figures and texts for pages. */
public final class Formats {
    private static final int SHORT = 90;

    private Formats() {}

    /** A rough duration: the largest unit only. */
    static String rough(Duration time) {
        if (time.toMinutes() < 1) {
            return time.toSeconds() + " s";
        }
        if (time.toHours() < 1) {
            return time.toMinutes() + " min";
        }
        return time.toDays() < 2 ? time.toHours() + " h" : time.toDays() + " days";
    }

    /** A duration: the two largest units. */
    public static String duration(Duration time) {
        if (time.toSeconds() < 1) {
            return Math.max(0, time.toMillis()) + " ms";
        }
        if (time.toMinutes() < 1) {
            return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
        }
        return time.toHours() < 1
                ? time.toMinutes() + " min " + time.toSecondsPart() + " s"
                : time.toHours() + " h " + time.toMinutesPart() + " min";
    }

    /** A size, with its decimal unit. */
    public static String bytes(long bytes) {
        String[] units = {"B", "kB", "MB", "GB", "TB"};
        double size = bytes;
        int unit = 0;
        while (size >= 1000 && unit < units.length - 1) {
            size /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", size, units[unit]);
    }

    /** A number with thousands separators. */
    public static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** A number of rows. */
    public static String rows(long rows) {
        return number(rows) + (rows == 1 ? " row" : " rows");
    }

    /** The text, cut after 90 characters. */
    public static @Nullable String shortened(@Nullable String text) {
        return text == null || text.length() <= SHORT
                ? text
                : text.substring(0, SHORT).strip() + "…";
    }
}
