package dev.bes.cli.output;

import java.util.Locale;

/**
 * Shows progress: a line that is drawn again in place on a terminal; elsewhere nothing, so that logs stay short. For use by
 * one thread at a time.
 */
public final class ProgressBar implements AutoCloseable {
    private static final int CELLS = 24;
    private static final double PERCENT = 100.0;
    private static final long KIB = 1024;

    private final Terminal terminal;
    private final boolean shown;
    private String drawn = "";

    /**
     * A bar.
     *
     * @param quiet whether nothing may be shown
     */
    public ProgressBar(Terminal terminal, boolean quiet) {
        this.terminal = terminal;
        this.shown = terminal.errIsTerminal() && !quiet;
    }

    /**
     * Draws the bar.
     *
     * @param label what is in progress
     * @param done how much of it is done
     * @param all how much there is; 0 if that is not known
     * @param suffix what stands behind the bar
     */
    public synchronized void show(String label, long done, long all, String suffix) {
        if (!shown) {
            return;
        }
        double part = all <= 0 ? 0 : Math.min(1.0, done / (double) all);
        int full = (int) Math.round(part * CELLS);
        String line = "%s %s%s %3.0f %%  %s"
                .formatted(
                        VisibleText.of(label),
                        terminal.symbol("█", "#").repeat(full),
                        terminal.symbol("░", ".").repeat(CELLS - full),
                        Math.floor(part * PERCENT),
                        VisibleText.of(suffix));
        String cut = line.length() < terminal.width() ? line : line.substring(0, terminal.width() - 1);
        if (!cut.equals(drawn)) {
            drawn = cut;
            terminal.err().print("\r\u001b[2K" + cut);
            terminal.err().flush();
        }
    }

    /** Takes the bar away, so that something else can be printed. */
    public synchronized void clear() {
        if (!drawn.isEmpty()) {
            drawn = "";
            terminal.err().print("\r\u001b[2K");
            terminal.err().flush();
        }
    }

    /** A size for people, such as {@code 3.4 MiB}. */
    public static String size(long bytes) {
        String[] units = {"B", "KiB", "MiB", "GiB", "TiB"};
        double size = bytes;
        int unit = 0;
        while (size >= KIB && unit < units.length - 1) {
            size /= KIB;
            unit++;
        }
        return unit == 0 ? bytes + " B" : String.format(Locale.ROOT, "%.1f %s", size, units[unit]);
    }

    @Override
    public void close() {
        clear();
    }
}
