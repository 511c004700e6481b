package dev.bes.sandbox.demo;

import dev.bes.sandbox.demo.RunDetail.Move;
import dev.bes.sandbox.demo.Style.Colour;
import java.io.PrintWriter;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** Shows what came out: the files, a few rows, the history of one scoring. */
record Report(PrintWriter out, Style style, DemoFolder folder) {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneId.systemDefault());
    private static final String MOVE = "  %-12s %-10s %-11s %-11s %-24s %s";

    /** Where each output lies. */
    void outputs(List<CsvFile> files) {
        heading("Outputs");
        files.forEach(csv -> out.println("  " + folder.shown(csv.file())));
    }

    /** The first rows of a file, cut to the width; the new columns first, since they are the last in the file. */
    void rows(CsvFile csv, int newColumns) {
        int known = Math.max(0, csv.columns().size() - newColumns);
        heading("First rows of " + csv.name() + ": what was hashed, and its " + newColumns + " new columns");
        int hashed = csv.columns().indexOf("Wildlife Species");
        String format = "  %-28.28s %s";
        out.println(style.cut(format.formatted(
                hashed < 0 ? "" : csv.columns().get(hashed),
                String.join(" ", csv.columns().subList(known, csv.columns().size())))));
        for (List<String> row : csv.first()) {
            out.println(style.cut(format.formatted(
                    hashed < 0 ? "" : row.get(hashed), String.join(" ", row.subList(known, row.size())))));
        }
    }

    /** The history of the first scoring of a run. */
    void history(RunDetail detail) {
        heading("History of run " + detail.run().id() + ", scoring 1");
        out.println(style.cut(MOVE.formatted("time", "step", "state", "remote", "cause", "node")));
        detail.history().stream()
                .filter(move -> move.scoring() != null && move.scoring() == 1)
                .forEach(move -> out.println(style.cut(line(move))));
        out.flush();
    }

    void heading(String text) {
        out.println();
        out.println(style.colour(Colour.BOLD, text));
    }

    private static String line(Move move) {
        return MOVE.formatted(
                TIME.format(move.at()),
                Objects.requireNonNullElse(move.toStep(), ""),
                move.to(),
                Objects.requireNonNullElse(move.remoteWord(), ""),
                Objects.requireNonNullElse(move.cause(), ""),
                move.node());
    }
}
