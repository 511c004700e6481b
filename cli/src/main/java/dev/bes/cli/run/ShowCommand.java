package dev.bes.cli.run;

import dev.bes.api.run.RunDetailJson;
import dev.bes.api.run.ScoringJson;
import dev.bes.api.run.ShadowsJson.OutputDifferenceJson;
import dev.bes.api.run.ShadowsJson.ShadowJson;
import dev.bes.cli.output.Printer;
import dev.bes.cli.output.Table;
import dev.bes.cli.session.ExitCode;
import dev.bes.cli.session.Session;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bes show}: one run with what is in it. */
@Command(
        name = "show",
        description = "Shows a run: its scorings, its outputs and, if asked for, its history.",
        footer = {"  bes show 4711", "  bes show 4711 --history", "  bes show 4711 -o json"})
public final class ShowCommand implements Callable<Integer> {
    private static final Table<OutputRow> OUTPUTS = Table.<OutputRow>of()
            .with("scoring", OutputRow::scoring)
            .with("output", OutputRow::name)
            .with("rows", row -> row.output().rows())
            .with("bytes", row -> row.output().bytes())
            .with("sha256", row -> row.output().sha256());

    private static final Table<ShadowJson> SHADOWS = Table.<ShadowJson>of()
            .with("scoring", ShadowJson::position)
            .with("shadow", ShadowJson::endpoint)
            .with("run", ShadowJson::shadowRun)
            .with("verdict", shadow -> shadow.verdict() == null ? "under way" : shadow.verdict())
            .with("differs", ShowCommand::differences)
            .with("cause", ShadowJson::cause);

    private static final int SHOWN_COLUMNS = 3;

    private final Session session;

    @Parameters(paramLabel = "RUN", description = "The number of the run.")
    private long run;

    @Option(names = "--history", description = "The latest entries of its history, too.")
    private boolean history;

    /** The command, over a session. */
    public ShowCommand(Session session) {
        this.session = session;
    }

    private record OutputRow(int scoring, String name, ScoringJson.OutputJson output) {}

    @Override
    public Integer call() {
        print(session.printer(), session.api().run(run));
        return ExitCode.FINISHED;
    }

    private void print(Printer printer, RunDetailJson detail) {
        printer.row(detail, detail.run(), RunTables.RUNS);
        printer.section(detail.scorings(), RunTables.scorings(detail.scorings()));
        printer.section(outputs(detail), OUTPUTS);
        printer.section(session.api().shadows(run, null).shadows(), SHADOWS);
        printer.section(history ? detail.history() : List.of(), RunTables.HISTORY);
        if (detail.run().links().containsKey("moreScorings") && printer.isForPeople()) {
            printer.note("The run has more scorings than are shown here: %d."
                    .formatted(detail.run().scoringCount()));
        }
    }

    /** In what the outputs differ: numbers of rows, columns, and values beyond the tolerance. */
    private static String differences(ShadowJson shadow) {
        return shadow.outputs().stream().flatMap(ShowCommand::differences).collect(Collectors.joining("; "));
    }

    private static Stream<String> differences(OutputDifferenceJson output) {
        return Stream.of(
                        output.rows() == output.shadowRows()
                                ? ""
                                : "%d rows, the shadow has %d".formatted(output.rows(), output.shadowRows()),
                        columns("only delivered: ", output.missing()),
                        columns("only by the shadow: ", output.added()),
                        output.columns().stream()
                                .filter(column -> column.texts() + column.beyond() > 0)
                                .map(column ->
                                        column.column() + (column.numbers() > 0 ? " by " + column.largest() : ""))
                                .collect(Collectors.joining(", ")))
                .filter(part -> !part.isEmpty());
    }

    private static String columns(String where, List<String> names) {
        String more = names.size() > SHOWN_COLUMNS ? " and %d more".formatted(names.size() - SHOWN_COLUMNS) : "";
        return names.isEmpty()
                ? ""
                : where + names.stream().limit(SHOWN_COLUMNS).collect(Collectors.joining(", ")) + more;
    }

    private static List<OutputRow> outputs(RunDetailJson detail) {
        return detail.scorings().stream().flatMap(ShowCommand::outputs).toList();
    }

    private static Stream<OutputRow> outputs(ScoringJson scoring) {
        return scoring.outputs().entrySet().stream()
                .map(output -> new OutputRow(scoring.position(), output.getKey(), output.getValue()));
    }
}
