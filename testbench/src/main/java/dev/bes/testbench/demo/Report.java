package dev.bes.testbench.demo;

import dev.bes.testbench.demo.RunDetail.Move;
import dev.bes.testbench.demo.Style.Colour;
import java.io.PrintWriter;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** Shows what came out: the files, a few rows, the history of one scoring. */
record Report(PrintWriter out, Style style, DemoFolder folder) {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneId.systemDefault());

    /** Where each output lies. */
    void outputs(List<CsvFile> files) {
        heading("Outputs");
        files.forEach(csv -> out.println("  " + folder.shown(csv.file())));
    }

    /** The first rows of a file: the column that was hashed, and what was made of it. */
    void rows(CsvFile csv, String hashed) {
        String prefix = hashed + "_HashingFeature.";
        List<String> columns = csv.columns().stream()
                .filter(column -> column.equals(hashed) || column.startsWith(prefix))
                .toList();
        heading("First rows of " + csv.name() + ", of its " + csv.columns().size() + " columns " + hashed + " and "
                + prefix + "*");
        List<List<String>> rows = new ArrayList<>();
        rows.add(columns.stream().map(column -> column.replace(prefix, ".")).toList());
        for (List<String> row : csv.first()) {
            rows.add(columns.stream()
                    .map(column -> row.get(csv.columns().indexOf(column)))
                    .toList());
        }
        print(rows);
    }

    /** The history of the first scoring of a run. */
    void history(RunDetail detail) {
        heading("History of run " + detail.run().id() + ", scoring 1");
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("time", "step", "state", "remote", "cause", "node"));
        detail.history().stream()
                .filter(move -> move.scoring() != null && move.scoring() == 1)
                .forEach(move -> rows.add(row(move)));
        print(rows);
    }

    private void print(List<List<String>> rows) {
        new Columns(rows).lines().forEach(line -> out.println(style.cut(line)));
        out.flush();
    }

    void heading(String text) {
        out.println();
        out.println(style.colour(Colour.BOLD, text));
    }

    private static List<String> row(Move move) {
        return List.of(
                TIME.format(move.at()),
                Objects.requireNonNullElse(move.toStep(), ""),
                move.to(),
                Objects.requireNonNullElse(move.remoteWord(), ""),
                Objects.requireNonNullElse(move.cause(), ""),
                move.node());
    }
}
