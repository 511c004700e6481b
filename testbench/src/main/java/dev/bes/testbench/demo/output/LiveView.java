package dev.bes.testbench.demo.output;

import dev.bes.api.run.RunDetailJson;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Shows runs in progress: redrawn in place on a terminal, otherwise one line per change. */
public final class LiveView {

    private final PrintWriter out;
    private final TerminalStyle style;
    private final RunTable table;
    private final InstantSource clock;
    private final Set<String> shown = new HashSet<>();
    private int drawn;

    /** Prints nothing yet. */
    public LiveView(PrintWriter out, TerminalStyle style, InstantSource clock) {
        this.out = out;
        this.style = style;
        this.table = new RunTable(style);
        this.clock = clock;
    }

    /** Prints the runs, in place of the lines that were printed before. */
    public void show(List<RunDetailJson> runs) {
        if (style.live()) {
            redraw(table.lines(runs, clock.instant()));
        } else {
            printChanges(runs);
        }
        out.flush();
    }

    private void redraw(List<String> lines) {
        StringBuilder picture = new StringBuilder(drawn == 0 ? "" : "\u001b[" + drawn + "A");
        lines.forEach(line -> picture.append("\r\u001b[2K").append(line).append('\n'));
        out.print(picture);
        drawn = lines.size();
    }

    private void printChanges(List<RunDetailJson> runs) {
        if (shown.isEmpty()) {
            out.println(table.lines(List.of(), clock.instant()).getFirst());
            shown.add("head");
        }
        runs.stream()
                .filter(run -> shown.add(RunTable.stateKey(run)))
                .forEach(run -> out.println(table.line(run, clock.instant())));
    }
}
