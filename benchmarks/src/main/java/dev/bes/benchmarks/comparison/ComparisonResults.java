package dev.bes.benchmarks.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** The results of a comparison as a table: median, least and most of the rounds. */
public record ComparisonResults(List<EngineResult> results) {

    private record Row(String title, Function<EngineResult, String> text) {}

    private static final List<Row> ROWS = List.of(
            new Row("", EngineResult::engine),
            new Row("files in a round", result -> String.format(Locale.ROOT, "%,d", result.scorings())),
            new Row("rounds", result -> Integer.toString(result.rounds().size())),
            new Row(
                    "scorings per second",
                    result -> result.spread(ScoringFigures::perSecond).text(0)),
            new Row(
                    "per scoring: CPU ms, engine",
                    result -> result.spread(ScoringFigures::serviceCpuMs).text(2)),
            new Row(
                    "CPU ms, PostgreSQL",
                    result -> result.spread(ScoringFigures::databaseCpuMs).text(2)),
            new Row("commits", result -> result.spread(ScoringFigures::commits).text(3)),
            new Row(
                    "commits, with idle ones",
                    result -> result.spread(ScoringFigures::grossCommits).text(3)),
            new Row(
                    "commits that write",
                    result -> result.spread(ScoringFigures::writes).text(3)),
            new Row(
                    "bytes of WAL",
                    result -> result.spread(ScoringFigures::walBytes).text(0)),
            new Row(
                    "remote calls",
                    result -> result.spread(ScoringFigures::calls).text(2)),
            new Row(
                    "peak memory, MB",
                    result -> result.spread(ScoringFigures::peakMb).text(0)));

    /** A column for each engine. */
    List<List<String>> table() {
        return ROWS.stream().map(this::cells).toList();
    }

    /** The settings of each engine. */
    List<String> settings() {
        return results.stream()
                .map(result -> result.engine() + ": " + result.settings())
                .toList();
    }

    /** The result of an engine. */
    Optional<EngineResult> of(String engine) {
        return results.stream().filter(result -> result.engine().equals(engine)).findFirst();
    }

    private List<String> cells(Row row) {
        List<String> cells = new ArrayList<>(List.of(row.title));
        results.forEach(result -> cells.add(row.text.apply(result)));
        return cells;
    }
}
