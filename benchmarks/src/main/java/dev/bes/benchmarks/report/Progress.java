package dev.bes.benchmarks.report;

import java.io.Console;
import java.io.PrintWriter;
import java.util.Optional;

/** Prints progress: on a terminal in one line that is overwritten, otherwise only results. */
public final class Progress {

    private static final int SECONDS = 1_000_000_000;

    private final PrintWriter out;
    private final boolean live;
    private final long start = System.nanoTime();
    private String what = "";
    private long shownAt;

    public Progress(PrintWriter out) {
        this.out = out;
        this.live =
                Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    }

    /** Begins the next step. */
    public void begin(String what) {
        this.what = what;
        write("");
    }

    /** Shows how many are done. */
    public void show(long done, long all) {
        if (System.nanoTime() - shownAt > SECONDS) {
            write(", %,d of %,d".formatted(done, all));
        }
    }

    /** Prints a line that stays. */
    public void print(String line) {
        out.println((live ? "\r\u001b[2K  " : "  ") + line);
        out.flush();
    }

    private void write(String more) {
        shownAt = System.nanoTime();
        if (live) {
            out.printf("\r\u001b[2K  %s%s (%d s)", what, more, (shownAt - start) / SECONDS);
            out.flush();
        }
    }
}
