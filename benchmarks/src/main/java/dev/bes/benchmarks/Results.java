package dev.bes.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** What a contest has shown: in words, median of the rounds, and least and most. */
record Results(List<Result> results) {

    private record Row(String title, Function<Result, String> text) {}

    private static final List<Row> ROWS = List.of(
            new Row("", Result::engine),
            new Row("files in a round", result -> String.format(Locale.ROOT, "%,d", result.scorings())),
            new Row("rounds", result -> Integer.toString(result.rounds().size())),
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

    /** A column for each engine. */
    List<List<String>> table() {
        return ROWS.stream().map(this::cells).toList();
    }

    /** How each engine was set. */
    List<String> settings() {
        return results.stream()
                .map(result -> result.engine() + ": " + result.settings())
                .toList();
    }

    /** What an engine was measured at. */
    Optional<Result> of(String engine) {
        return results.stream().filter(result -> result.engine().equals(engine)).findFirst();
    }

    private List<String> cells(Row row) {
        List<String> cells = new ArrayList<>(List.of(row.title));
        results.forEach(result -> cells.add(row.text.apply(result)));
        return cells;
    }
}
