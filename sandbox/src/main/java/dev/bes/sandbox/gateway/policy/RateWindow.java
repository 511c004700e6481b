package dev.bes.sandbox.gateway.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * A sliding window over the admitted calls. Source: API Management policy reference, rate-limit. Callers hold its lock while
 * they ask and add.
 */
final class RateWindow {

    private final Deque<Calls> admitted = new ArrayDeque<>();
    private final Duration longest;
    private long total;

    /** @param longest the longest period that it is asked for */
    RateWindow(Duration longest) {
        this.longest = longest;
    }

    private record Calls(Instant at, long count) {}

    /** The number of calls in the period before now. */
    long used(Instant now, Duration period) {
        forget(now);
        if (period.equals(longest)) {
            return total;
        }
        Instant from = now.minus(period);
        return admitted.stream()
                .filter(it -> it.at().isAfter(from))
                .mapToLong(Calls::count)
                .sum();
    }

    /** How long until fewer calls than these are in the period; zero when they already are. */
    Duration untilFewer(Instant now, Duration period, long calls) {
        long used = used(now, period);
        Instant from = now.minus(period);
        for (Iterator<Calls> each = admitted.iterator(); used >= calls && each.hasNext(); ) {
            Calls oldest = each.next();
            used -= oldest.at().isAfter(from) ? oldest.count() : 0;
            if (used < calls) {
                return Duration.between(from, oldest.at());
            }
        }
        return Duration.ZERO;
    }

    void add(Instant now, long count) {
        admitted.add(new Calls(now, count));
        total += count;
    }

    private void forget(Instant now) {
        Instant from = now.minus(longest);
        for (Calls oldest = admitted.peek(); oldest != null && !oldest.at().isAfter(from); oldest = admitted.peek()) {
            admitted.remove();
            total -= oldest.count();
        }
    }
}
