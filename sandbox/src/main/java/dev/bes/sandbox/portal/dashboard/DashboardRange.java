package dev.bes.sandbox.portal.dashboard;

import dev.bes.sandbox.analytics.Retention;
import dev.bes.sandbox.analytics.TimeRange;
import dev.bes.sandbox.portal.PageError;
import dev.bes.sandbox.portal.PageRequest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/**
 * The time range that an address asks for: {@code range=PT1H} until now, or {@code from} and {@code to}.
 *
 * @param preset the range that ends now; empty for fixed moments
 * @param range whole intervals
 * @param step the width of an interval
 */
record DashboardRange(String preset, TimeRange range, Duration step) {

    /** The ranges that a page offers. */
    static final List<Preset> PRESETS = List.of(
            new Preset("PT5M", "5 minutes"),
            new Preset("PT1H", "1 hour"),
            new Preset("P1D", "24 hours"),
            new Preset("P7D", "7 days"),
            new Preset("P31D", "31 days"));

    private static final String DEFAULT = "PT1H";
    private static final int MOST_INTERVALS = 63;
    private static final List<Duration> STEPS = List.of(
            Duration.ofSeconds(10),
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Duration.ofMinutes(15),
            Duration.ofMinutes(30),
            Duration.ofHours(1),
            Duration.ofHours(3),
            Duration.ofHours(12));

    /** @param range ISO 8601 duration */
    record Preset(String range, String label) {}

    /**
     * Reads the query of an address.
     *
     * @throws PageError 400 when it makes no sense
     */
    static DashboardRange of(PageRequest request, Retention retention, Instant now) {
        Optional<String> from = request.query("from").filter(text -> !text.isEmpty());
        Optional<String> to = request.query("to").filter(text -> !text.isEmpty());
        if (from.isEmpty() && to.isEmpty()) {
            String preset = request.query("range").orElse(DEFAULT);
            return aligned(preset, new TimeRange(now.minus(length(preset)), now), retention, now);
        }
        Instant last = to.map(text -> moment("to", text)).orElse(now);
        Instant first = from.map(text -> moment("from", text)).orElse(last.minus(Duration.parse(DEFAULT)));
        Duration length = Duration.between(first, last);
        if (!length.isPositive() || length.compareTo(retention.longest()) > 0) {
            throw PageError.badRequest("from must be before to, and at most %d days before it."
                    .formatted(retention.longest().toDays()));
        }
        return aligned("", new TimeRange(first, last), retention, now);
    }

    /** Whether it ends now, so that a page updates itself. */
    boolean live() {
        return !preset.isEmpty();
    }

    /** The number of intervals. */
    int intervals() {
        return Math.toIntExact(range.length().plusMillis(1).dividedBy(step));
    }

    /** The begin of an interval. */
    Instant begin(int interval) {
        return range.from().plus(step.multipliedBy(interval));
    }

    private static Duration length(String preset) {
        return PRESETS.stream()
                .filter(each -> each.range().equals(preset))
                .map(each -> Duration.parse(each.range()))
                .findFirst()
                .orElseThrow(() -> PageError.badRequest("range must be one of "
                        + PRESETS.stream().map(Preset::range).toList() + ", or give from and to."));
    }

    private static DashboardRange aligned(String preset, TimeRange asked, Retention retention, Instant now) {
        Duration finest = retention.widthAt(asked.from(), now);
        Duration step = STEPS.stream()
                .filter(each -> each.compareTo(finest) >= 0)
                .filter(each -> asked.length().dividedBy(each) < MOST_INTERVALS)
                .findFirst()
                .orElse(STEPS.getLast());
        long width = step.toMillis();
        long first = Math.floorDiv(asked.from().toEpochMilli(), width) * width;
        long last = Math.floorDiv(asked.to().toEpochMilli(), width) * width + width - 1;
        return new DashboardRange(preset, new TimeRange(Instant.ofEpochMilli(first), Instant.ofEpochMilli(last)), step);
    }

    private static Instant moment(String name, String text) {
        try {
            Instant moment = text.endsWith("Z")
                    ? Instant.parse(text)
                    : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
            if (moment.isBefore(Instant.EPOCH) || moment.isAfter(Instant.parse("9999-01-01T00:00:00Z"))) {
                throw new DateTimeException(text);
            }
            return moment;
        } catch (DateTimeException e) {
            throw PageError.badRequest(name + " must be a time in UTC, as 2026-01-31T08:00.");
        }
    }
}
