package dev.bes.orchestrator.pipeline.model;

import dev.bes.orchestrator.pipeline.PipelineSettings;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How long things take in a sequence. Time goes by in ticks, and nothing lasts nearly a whole number of them: that a test
 * itself takes time never matters.
 */
public final class Timing {
    public static final Duration TICK = Duration.ofSeconds(60);
    /** Longer than a start may be on its way, as the setting demands. */
    static final Duration GRACE = TICK.multipliedBy(3).minusSeconds(10);

    static final Duration DEADLINE = TICK.multipliedBy(8).minusSeconds(10);

    private static final Duration SHORT = TICK.minusSeconds(10);
    private static final Duration LEASE = TICK.multipliedBy(2).minusSeconds(20);
    private static final Duration OUTPUT_WAIT = TICK.multipliedBy(4).minusSeconds(10);

    private Timing() {}

    static PipelineSettings settings(Path deliveryRoot) {
        // one call at a time: the order of the calls is the same each time
        return new PipelineSettings(deliveryRoot, 500, 1, 1, LEASE, SHORT, SHORT, SHORT, GRACE, OUTPUT_WAIT);
    }
}
