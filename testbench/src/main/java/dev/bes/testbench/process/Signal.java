package dev.bes.testbench.process;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Signals of the operating system. */
public enum Signal {
    /** Suspends the process. */
    STOP,
    /** Resumes it after {@link #STOP}. */
    CONT,
    /** Interrupts it; PostgreSQL: fast shutdown. */
    INT,
    /** PostgreSQL: immediate shutdown, as after a crash. */
    QUIT,
    /** Asks it to end. */
    TERM,
    /** Kills it. */
    KILL;

    /**
     * Sends it to a process; no effect if the process has ended.
     *
     * @throws UncheckedIOException when the machine has no {@code kill}
     */
    public void send(long pid) {
        try {
            new ProcessBuilder("kill", "-" + name(), Long.toString(pid))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException("Could not send " + name() + " to process " + pid, e);
        }
    }
}
