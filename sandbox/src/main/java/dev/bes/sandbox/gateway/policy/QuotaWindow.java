package dev.bes.sandbox.gateway.policy;

import java.time.Duration;
import java.time.Instant;

/**
 * Fixed windows from the start of a subscription. Source: API Management policy reference, quota. Callers hold its lock
 * while they ask and add.
 */
final class QuotaWindow {

    /** The time until a quota without an end is replenished. */
    static final Duration FOR_EVER = Duration.ofSeconds(Long.MAX_VALUE);

    private final Duration period;
    private Instant begin;
    private long calls;
    private long bytes;

    /** @param period zero for a window without an end */
    QuotaWindow(Duration period, Saved from) {
        this.period = period;
        this.begin = from.begin();
        this.calls = from.calls();
        this.bytes = from.bytes();
    }

    /** As it is in the file. */
    record Saved(Instant begin, long calls, long bytes) {
        static Saved from(Instant start) {
            return new Saved(start, 0, 0);
        }
    }

    /** A value that is read while a call is counted is saved again, since it has changed. */
    Saved saved() {
        return new Saved(begin, calls, bytes);
    }

    long calls(Instant now) {
        roll(now);
        return calls;
    }

    long bytes(Instant now) {
        roll(now);
        return bytes;
    }

    /** How long until the next window. */
    Duration untilNext(Instant now) {
        roll(now);
        return period.isZero() ? FOR_EVER : Duration.between(now, begin.plus(period));
    }

    void addCall() {
        calls++;
    }

    void addBytes(Instant now, long more) {
        roll(now);
        bytes += more;
    }

    private void roll(Instant now) {
        Duration since = Duration.between(begin, now);
        if (period.isPositive() && since.compareTo(period) >= 0) {
            begin = begin.plus(period.multipliedBy(since.dividedBy(period)));
            calls = 0;
            bytes = 0;
        }
    }
}
