package dev.bes.sandbox.gateway.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The windows of all limits, by the policy and what it counts by. */
final class Counters {

    private final Map<String, RateWindow> rates = new ConcurrentHashMap<>();
    private final Map<String, QuotaWindow> quotas = new ConcurrentHashMap<>();

    RateWindow rate(String id, Duration longest) {
        return rates.computeIfAbsent(id, none -> new RateWindow(longest));
    }

    QuotaWindow quota(String id, Duration period, Instant start) {
        return quotas.computeIfAbsent(id, none -> new QuotaWindow(period, start));
    }
}
