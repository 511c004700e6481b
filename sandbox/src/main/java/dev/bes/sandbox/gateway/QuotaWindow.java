package dev.bes.sandbox.gateway;

import java.time.Duration;
import java.time.Instant;

/** The quota policy: fixed windows from the start of the subscription. Source: API Management policy reference. */
final class QuotaWindow {

    private final Limit limit;
    private Instant end;
    private int calls;

    QuotaWindow(Limit limit, Instant since) {
        this.limit = limit;
        this.end = since.plus(limit.period());
    }

    /** Zero when the call may pass, else how long until the quota is replenished. */
    Duration take(Instant now) {
        while (!now.isBefore(end)) {
            end = end.plus(limit.period());
            calls = 0;
        }
        if (calls >= limit.calls()) {
            return Duration.between(now, end);
        }
        calls++;
        return Duration.ZERO;
    }
}
