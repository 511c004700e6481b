package dev.bes.testbench.demo.output;

import dev.bes.api.run.HistoryEntryJson;
import dev.bes.api.run.RunDetailJson;
import dev.bes.testbench.demo.check.Check;
import dev.bes.testbench.demo.environment.CsvFile;
import dev.bes.testbench.demo.environment.DemoFolder;
import dev.bes.testbench.demo.output.TerminalStyle.Colour;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** Prints the result: the files, a few rows, the history of one scoring, the checks. */
public record DemoReport(PrintWriter out, TerminalStyle style, DemoFolder folder) {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneId.systemDefault());

    /** The path of each output. */
    public void outputs(List<CsvFile> files) {
        heading("Outputs");
        files.forEach(csv -> out.println("  " + folder.shown(csv.file())));
    }

    /** The first rows of a file: the hashed column and the columns that hashing added. */
    public void rows(CsvFile csv, String hashed) {
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

    /** Some columns of the first rows of a file. */
    public void rows(Path file, List<String> columns) {
        CsvFile csv = CsvFile.read(file);
        List<List<String>> rows = new ArrayList<>(List.of(columns));
        csv.first()
                .forEach(row -> rows.add(columns.stream()
                        .map(column -> row.get(csv.columns().indexOf(column)))
                        .toList()));
        print(rows);
    }

    /** The history of the first scoring of a run. */
    public void history(RunDetailJson detail) {
        heading("History of run " + detail.run().id() + ", scoring 1");
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("time", "step", "state", "remote", "cause", "node"));
        detail.history().stream()
                .filter(move -> move.scoring() != null && move.scoring() == 1)
                .forEach(move -> rows.add(row(move)));
        print(rows);
    }

    private void print(List<List<String>> rows) {
        new TextColumns(rows).lines().forEach(line -> out.println(style.cut(line)));
        out.flush();
    }

    /** All checks and how many hold; true if all do. */
    public boolean checks(List<Check> checks) {
        heading("Checks");
        checks.forEach(check -> out.println(line(check)));
        long failed = checks.stream().filter(check -> !check.holds()).count();
        out.println();
        out.println(
                failed == 0
                        ? style.colour(Colour.GREEN, "All " + checks.size() + " checks hold.")
                        : style.colour(Colour.RED, failed + " of " + checks.size() + " checks do not hold."));
        out.flush();
        return failed == 0;
    }

    private String line(Check check) {
        String mark = check.holds()
                ? style.colour(Colour.GREEN, style.symbol("✓", "ok"))
                : style.colour(Colour.RED, style.symbol("✗", "NOT"));
        return "  " + mark + " " + check.claim() + ": " + check.found();
    }

    /** Begins a section. */
    public void heading(String text) {
        out.println();
        out.println(style.colour(Colour.BOLD, text));
    }

    private static List<String> row(HistoryEntryJson move) {
        return List.of(
                TIME.format(move.at()),
                Objects.requireNonNullElse(move.toStep(), ""),
                move.to().word(),
                Objects.requireNonNullElse(move.remoteWord(), ""),
                Objects.requireNonNullElse(move.cause(), ""),
                move.node());
    }
}
