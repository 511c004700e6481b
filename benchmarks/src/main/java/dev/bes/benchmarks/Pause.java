package dev.bes.benchmarks;

import java.time.Duration;
import org.awaitility.Awaitility;

/** Times that nothing is done in. */
final class Pause {

    /** PostgreSQL's processes tell what they have counted within ten seconds of silence. */
    static final Duration SETTLE = Duration.ofSeconds(11);

    private Pause() {}

    /** Waits so long. */
    static void of(Duration time) {
        Awaitility.await()
                .pollInSameThread()
                .pollDelay(time)
                .timeout(time.plusMinutes(1))
                .until(() -> true);
    }
}
