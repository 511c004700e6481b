package dev.bes.sandbox.gateway.policy;

import dev.bes.sandbox.counters.CounterFile;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.json.JsonMapper;

/** The windows of all limits, by the policy and what it counts by. */
final class Counters {

    private static final JsonMapper json = JsonMapper.builder().build();

    private final Map<String, RateWindow> rates = new ConcurrentHashMap<>();
    private final Map<String, QuotaWindow> quotas = new ConcurrentHashMap<>();
    private final Map<String, QuotaWindow.Saved> saved = new ConcurrentHashMap<>();

    RateWindow rate(String id, Duration longest) {
        return rates.computeIfAbsent(id, none -> new RateWindow(longest));
    }

    QuotaWindow quota(String id, Duration period, Instant start) {
        return quotas.computeIfAbsent(
                id, none -> new QuotaWindow(period, saved.getOrDefault(id, QuotaWindow.Saved.from(start))));
    }

    /**
     * Continues the quotas of a file, and saves them there. Windows of rates are too short for that.
     *
     * @throws IllegalStateException when the file is damaged
     */
    void keepIn(CounterFile file) {
        Map<String, byte[]> entries = file.map("quotas");
        try {
            entries.forEach((id, entry) -> saved.put(id, json.readValue(entry, QuotaWindow.Saved.class)));
        } catch (RuntimeException e) {
            throw file.damaged("the quotas make no sense (" + e.getMessage() + ")");
        }
        file.beforeSave(() -> quotas.forEach((id, window) -> {
            QuotaWindow.Saved now = window.saved();
            if (!now.equals(saved.put(id, now))) {
                entries.put(id, json.writeValueAsBytes(now));
            }
        }));
    }
}
