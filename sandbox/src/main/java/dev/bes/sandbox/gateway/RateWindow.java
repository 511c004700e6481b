package dev.bes.sandbox.gateway;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** The rate-limit policy: a sliding window over the admitted calls. Source: API Management policy reference. */
final class RateWindow {

    private final Limit limit;
    private final Deque<Instant> calls = new ArrayDeque<>();

    RateWindow(Limit limit) {
        this.limit = limit;
    }

    /** Zero when the call may pass, else how long until the next one may. */
    Duration take(Instant now) {
        Instant from = now.minus(limit.period());
        for (Instant oldest = calls.peek(); oldest != null && !oldest.isAfter(from); oldest = calls.peek()) {
            calls.remove();
        }
        Instant oldest = calls.peek();
        if (oldest != null && calls.size() >= limit.calls()) {
            return Duration.between(from, oldest);
        }
        calls.add(now);
        return Duration.ZERO;
    }
}
