package dev.bes.sandbox.gateway.policy;

import dev.bes.sandbox.counters.CounterFile;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.json.JsonMapper;

/** The windows of all limits, by the policy and what it counts by. */
final class Counters {

    private static final JsonMapper json = JsonMapper.builder().build();

    private final Map<String, RateWindow> rates = new ConcurrentHashMap<>();
    private final Map<String, QuotaWindow> quotas = new ConcurrentHashMap<>();
    private final Map<String, QuotaWindow.Saved> saved = new ConcurrentHashMap<>();
    private final Map<String, RateWindow.Saved> savedRates = new ConcurrentHashMap<>();

    RateWindow rate(String id, Duration longest, Instant now) {
        return rates.computeIfAbsent(id, none -> {
            RateWindow.Saved before = savedRates.get(id);
            return new RateWindow(longest, before == null ? List.of() : before.at(now));
        });
    }

    QuotaWindow quota(String id, Duration period, Instant start) {
        return quotas.computeIfAbsent(
                id, none -> new QuotaWindow(period, saved.getOrDefault(id, QuotaWindow.Saved.from(start))));
    }

    /**
     * Continues the windows of a file, and saves them there.
     *
     * @throws IllegalStateException when the file is damaged
     */
    void keepIn(CounterFile file, InstantSource clock) {
        Map<String, byte[]> quotaEntries = file.map("quotas");
        Map<String, byte[]> rateEntries = file.map("rates");
        try {
            quotaEntries.forEach((id, entry) -> saved.put(id, json.readValue(entry, QuotaWindow.Saved.class)));
            rateEntries.forEach((id, entry) -> savedRates.put(id, json.readValue(entry, RateWindow.Saved.class)));
            forgetEnded(clock.instant(), rateEntries);
        } catch (RuntimeException e) {
            throw file.damaged("the counters of the limits make no sense (" + e.getMessage() + ")");
        }
        file.beforeSave(() -> {
            quotas.forEach((id, window) -> {
                QuotaWindow.Saved now = window.saved();
                if (!now.equals(saved.put(id, now))) {
                    quotaEntries.put(id, json.writeValueAsBytes(now));
                }
            });
            rates.forEach((id, window) -> saveRate(id, window.saved(clock.instant()), rateEntries));
        });
    }

    private void forgetEnded(Instant now, Map<String, byte[]> entries) {
        savedRates.values().removeIf(it -> it.at(now).isEmpty());
        List.copyOf(entries.keySet()).stream()
                .filter(id -> !savedRates.containsKey(id))
                .forEach(entries::remove);
    }

    /** A window without calls is as good as a new one. */
    private void saveRate(String id, RateWindow.Saved now, Map<String, byte[]> entries) {
        if (now.equals(savedRates.put(id, now))) {
            return;
        }
        if (now.calls().isEmpty()) {
            entries.remove(id);
        } else {
            entries.put(id, json.writeValueAsBytes(now));
        }
    }
}
