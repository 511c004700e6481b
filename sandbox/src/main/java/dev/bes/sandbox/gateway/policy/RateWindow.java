package dev.bes.sandbox.gateway.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * A sliding window over the admitted calls. Source: API Management policy reference, rate-limit. Callers hold its lock while
 * they ask and add.
 */
final class RateWindow {

    /** Beyond so many entries, calls that are close together are saved as one. */
    private static final int MOST_SAVED = 1_000;

    private final Deque<Calls> admitted;
    private final Duration longest;
    private long total;

    /**
     * @param longest the longest period that it is asked for
     * @param before the calls that count already, oldest first
     */
    RateWindow(Duration longest, List<Calls> before) {
        this.longest = longest;
        this.admitted = new ArrayDeque<>(before);
        this.total = before.stream().mapToLong(Calls::count).sum();
    }

    /** Calls that were admitted at one time. */
    record Calls(Instant at, long count) {}

    /** As it is in the file: what counts already, and for how long. */
    record Saved(Duration longest, List<Calls> calls) {

        /** The calls that still count. A time to come was written under a clock that has been set back since. */
        List<Calls> at(Instant now) {
            return calls.stream()
                    .filter(it -> !it.at().isAfter(now) && it.at().plus(longest).isAfter(now))
                    .toList();
        }
    }

    /** What to save. Of very many calls some count up to a thousandth of the period longer. */
    synchronized Saved saved(Instant now) {
        forget(now);
        if (admitted.size() <= MOST_SAVED) {
            return new Saved(longest, List.copyOf(admitted));
        }
        Duration step = longest.dividedBy(MOST_SAVED);
        List<Calls> merged = new ArrayList<>();
        Instant begin = Instant.MIN;
        for (Calls each : admitted) {
            if (merged.isEmpty() || !each.at().isBefore(begin.plus(step))) {
                begin = each.at();
                merged.add(each);
            } else {
                merged.add(new Calls(each.at(), merged.removeLast().count() + each.count()));
            }
        }
        return new Saved(longest, merged);
    }

    /** The number of calls in the period before now. */
    synchronized long used(Instant now, Duration period) {
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
    synchronized Duration untilFewer(Instant now, Duration period, long calls) {
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

    synchronized void add(Instant now, long count) {
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
