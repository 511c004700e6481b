package dev.bes.benchmarks;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.IntStream;

/** The figures as a table that reads well on a terminal and in Markdown: median of the runs, and least and most. */
record Table(Machine machine, List<Result> results) {

    private record Row(String title, Function<Result, String> text) {}

    private static final List<Row> ROWS = List.of(
            new Row("", Result::engine),
            new Row("files in a run", result -> String.format(Locale.ROOT, "%,d", result.scorings())),
            new Row(
                    "scorings per second",
                    result -> result.spread(Figures::perSecond).text(0)),
            new Row(
                    "per scoring: CPU ms, engine",
                    result -> result.spread(Figures::serviceCpuMs).text(2)),
            new Row(
                    "CPU ms, PostgreSQL",
                    result -> result.spread(Figures::databaseCpuMs).text(2)),
            new Row("commits", result -> result.spread(Figures::commits).text(3)),
            new Row(
                    "commits, with idle ones",
                    result -> result.spread(Figures::grossCommits).text(3)),
            new Row(
                    "commits that write",
                    result -> result.spread(Figures::writes).text(3)),
            new Row("bytes of WAL", result -> result.spread(Figures::walBytes).text(0)),
            new Row("remote calls", result -> result.spread(Figures::calls).text(2)),
            new Row("peak memory, MB", result -> result.spread(Figures::peakMb).text(0)));

    /** Prints figures, goals and settings. */
    void print(PrintWriter out) {
        out.println();
        out.println(machine);
        out.println();
        grid(ROWS.stream().map(this::cells).toList()).forEach(out::println);
        out.println();
        grid(new Goals(results).rows()).forEach(out::println);
        out.println();
        results.forEach(result -> out.println("- " + result.engine() + ": " + result.settings()));
        out.flush();
    }

    private List<String> cells(Row row) {
        List<String> cells = new ArrayList<>(List.of(row.title));
        results.forEach(result -> cells.add(row.text.apply(result)));
        return cells;
    }

    /** Rows of the same length as a Markdown table; the first one is its head. */
    private static List<String> grid(List<List<String>> rows) {
        int[] widths = IntStream.range(0, rows.getFirst().size())
                .map(column -> rows.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        List<String> lines =
                new ArrayList<>(rows.stream().map(row -> line(row, widths)).toList());
        lines.add(1, line(IntStream.of(widths).mapToObj("-"::repeat).toList(), widths));
        return lines;
    }

    private static String line(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder("|");
        for (int i = 0; i < widths.length; i++) {
            line.append(' ')
                    .append(cells.get(i))
                    .repeat(' ', widths[i] - cells.get(i).length())
                    .append(" |");
        }
        return line.toString();
    }
}
