package dev.bes.orchestrator.monitoring;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Gauges of one name, whose labels come and go with what is read. One thread shows them at a time. */
final class GaugeFamily {
    private final MeterRegistry registry;
    private final String name;
    private final @Nullable String unit;
    private final String description;
    private final Map<Tags, Shown> shown = new HashMap<>();

    /**
     * Creates the family, without a gauge.
     *
     * @param unit base unit; null for a count
     */
    GaugeFamily(MeterRegistry registry, String name, @Nullable String unit, String description) {
        this.registry = registry;
        this.name = name;
        this.unit = unit;
        this.description = description;
    }

    private record Shown(Gauge gauge, AtomicReference<Double> value) {}

    /** Shows these gauges, and no other of the family. */
    void show(Map<Tags, Double> values) {
        // one that stays is not registered again, as MultiGauge does: a scrape at that moment would see it twice, and
        // fail
        shown.entrySet().removeIf(each -> {
            boolean gone = !values.containsKey(each.getKey());
            if (gone) {
                registry.remove(each.getValue().gauge());
            }
            return gone;
        });
        values.forEach((tags, value) -> {
            Shown known = shown.get(tags);
            if (known == null) {
                shown.put(tags, add(tags, value));
            } else {
                known.value().set(value);
            }
        });
    }

    private Shown add(Tags tags, double value) {
        AtomicReference<Double> held = new AtomicReference<>(value);
        Gauge gauge = Gauge.builder(name, held, AtomicReference::get)
                .tags(tags)
                .baseUnit(unit)
                .description(description)
                .register(registry);
        return new Shown(gauge, held);
    }
}
