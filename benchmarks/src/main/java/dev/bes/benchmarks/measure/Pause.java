package dev.bes.benchmarks.measure;

import java.time.Duration;
import org.awaitility.Awaitility;

/** Pauses between measurements. */
public final class Pause {

    /** The processes of PostgreSQL publish their counters within 10 s of idle time. */
    public static final Duration SETTLE = Duration.ofSeconds(11);

    private Pause() {}

    /** Waits. */
    public static void of(Duration time) {
        Awaitility.await()
                .pollInSameThread()
                .pollDelay(time)
                .timeout(time.plusMinutes(1))
                .until(() -> true);
    }
}
