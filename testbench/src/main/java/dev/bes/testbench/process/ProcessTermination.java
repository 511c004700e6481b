package dev.bes.testbench.process;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The end of a child process. */
public final class ProcessTermination {

    private ProcessTermination() {}

    /** Sends SIGTERM and waits for so long; only what does not heed it is killed. */
    public static void of(Process process, Duration patience) {
        process.destroy();
        try {
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
