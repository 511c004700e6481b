package dev.bes.orchestrator.pipeline.sweep;

import dev.bes.orchestrator.run.Sweep;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.springframework.stereotype.Component;

/** Times the sets that the sweeps of this node work on, and counts the leases that it has lost. */
@Component
class SweepMeters {
    private final MeterProvider<Timer> sets;
    private final MeterProvider<Counter> scorings;
    private final Counter lostLeases;

    SweepMeters(MeterRegistry registry) {
        sets = Timer.builder("orchestrator.sweep.duration")
                .description("Time that a sweep worked on a claimed set")
                .withRegistry(registry);
        scorings = Counter.builder("orchestrator.sweep.scorings")
                .description("Scorings in the sets that a sweep worked on")
                .withRegistry(registry);
        lostLeases = Counter.builder("orchestrator.leases.lost")
                .description("Scorings that were taken from this node while it worked on them")
                .register(registry);
    }

    void time(Sweep sweep, String endpoint, int size, Runnable work) {
        scorings.withTags("sweep", sweep.column(), "endpoint", endpoint).increment(size);
        sets.withTags("sweep", sweep.column(), "endpoint", endpoint).record(work);
    }

    void lost(int leases) {
        lostLeases.increment(leases);
    }
}
