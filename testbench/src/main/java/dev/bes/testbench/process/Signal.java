package dev.bes.testbench.process;

import java.io.IOException;
import java.io.UncheckedIOException;

/** What the operating system can tell a process. */
public enum Signal {
    /** Stand still, whatever it is doing. */
    STOP,
    /** Go on after {@link #STOP}. */
    CONT,
    /** Come to an end; PostgreSQL: fast shutdown. */
    INT,
    /** PostgreSQL: immediate shutdown, as after a crash. */
    QUIT,
    /** Come to an end in an orderly way. */
    TERM,
    /** End now, without a word. */
    KILL;

    /**
     * Sends it to a process; one that has ended does not mind.
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
