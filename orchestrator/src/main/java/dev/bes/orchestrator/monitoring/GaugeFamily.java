package dev.bes.orchestrator.monitoring;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gauges of one name, whose labels come and go with what is read. */
final class GaugeFamily {
    private final MultiGauge gauge;

    /**
     * Creates the family, without a gauge.
     *
     * @param unit base unit; null for a count
     */
    GaugeFamily(MeterRegistry registry, String name, @Nullable String unit, String description) {
        this.gauge =
                MultiGauge.builder(name).baseUnit(unit).description(description).register(registry);
    }

    /** Replaces all gauges of the family. */
    void show(Map<Tags, Double> values) {
        gauge.register(
                values.entrySet().stream()
                        .<Row<?>>map(value -> Row.of(value.getKey(), value.getValue()))
                        .toList(),
                true);
    }
}
