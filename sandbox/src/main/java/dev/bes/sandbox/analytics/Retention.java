package dev.bes.sandbox.analytics;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * How long counts are kept, and how finely.
 *
 * @param steps from fine to coarse; each width is a multiple of the one before
 * @param mostLines the lines kept, where a line is one series in one slot; the oldest slots go first
 */
public record Retention(List<Step> steps, int mostLines) {

    /** Slots of 10 seconds for an hour, of a minute for a day, of 15 minutes for 31 days; 100,000 lines, about 60 MB. */
    public static final Retention DEFAULT = new Retention(
            List.of(
                    new Step(Duration.ofSeconds(10), Duration.ofHours(1)),
                    new Step(Duration.ofMinutes(1), Duration.ofDays(1)),
                    new Step(Duration.ofMinutes(15), Duration.ofDays(31))),
            100_000);

    /**
     * A width of slots.
     *
     * @param age the age from which a slot is merged into a wider one, or forgotten after the last step
     */
    public record Step(Duration width, Duration age) {}

    /** The age from which counts are forgotten. */
    public Duration longest() {
        return steps.getLast().age();
    }

    /** The width of the slots that hold a moment. */
    public Duration widthAt(Instant moment, Instant now) {
        return steps.stream()
                .filter(step -> moment.isAfter(now.minus(step.age())))
                .findFirst()
                .orElse(steps.getLast())
                .width();
    }
}
