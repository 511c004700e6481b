package dev.bes.benchmarks.measure;

import java.time.Duration;
import org.awaitility.Awaitility;

/** Times that nothing is done in. */
public final class Pause {

    /** PostgreSQL's processes tell what they have counted within ten seconds of silence. */
    public static final Duration SETTLE = Duration.ofSeconds(11);

    private Pause() {}

    /** Waits so long. */
    public static void of(Duration time) {
        Awaitility.await()
                .pollInSameThread()
                .pollDelay(time)
                .timeout(time.plusMinutes(1))
                .until(() -> true);
    }
}
