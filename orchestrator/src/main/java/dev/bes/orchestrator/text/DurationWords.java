package dev.bes.orchestrator.text;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Formats durations for messages. */
public final class DurationWords {

    private DurationWords() {}

    /** The duration, largest unit first, such as {@code 90 ms}, {@code 30 s}, {@code 1 h 30 min} or {@code 2 d}. */
    public static String of(Duration time) {
        if (time.isNegative()) {
            return "-" + of(time.negated());
        }
        List<String> words = new ArrayList<>();
        add(words, time.toDays(), "d");
        add(words, time.toHoursPart(), "h");
        add(words, time.toMinutesPart(), "min");
        add(words, time.toSecondsPart(), "s");
        add(words, time.toMillisPart(), "ms");
        return words.isEmpty() ? "0 s" : String.join(" ", words);
    }

    private static void add(List<String> words, long count, String unit) {
        if (count > 0) {
            words.add(count + " " + unit);
        }
    }
}
