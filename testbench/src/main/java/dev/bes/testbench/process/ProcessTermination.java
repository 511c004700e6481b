package dev.bes.testbench.process;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Ends child processes. */
public final class ProcessTermination {

    private ProcessTermination() {}

    /** Sends SIGTERM, waits up to the timeout, then kills the process (SIGKILL). */
    public static void terminate(Process process, Duration timeout) {
        process.destroy();
        try {
            if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
