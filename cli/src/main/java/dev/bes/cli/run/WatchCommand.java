package dev.bes.cli.run;

import dev.bes.api.run.RunDetailJson;
import dev.bes.api.run.RunEventJson;
import dev.bes.cli.output.RowStream;
import dev.bes.cli.session.ExitCode;
import dev.bes.cli.session.Session;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bes watch}: follows one run to its end, or all runs until it is interrupted. */
@Command(
        name = "watch",
        description = {
            "Follows a run to its end; the exit code says how it ended.",
            "Without a run, prints a line whenever the state of a run changes, from now on until Ctrl-C.",
            "A connection that breaks is made again, and goes on with the move after the last one."
        },
        footer = {
            "  bes watch 4711",
            "  bes watch 4711 --moves",
            "  bes watch --definition birdstrikes",
            "  bes watch --moves -o json | jq -c 'select(.entry.cause != null)'"
        })
public final class WatchCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(arity = "0..1", paramLabel = "RUN", description = "The number of the run.")
    private @Nullable Long run;

    @Option(names = "--definition", paramLabel = "NAME", description = "Only runs of this definition.")
    private @Nullable String definition;

    @Option(names = "--moves", description = "Prints every move of the scorings, too; of one run from its first move.")
    private boolean moves;

    @Option(
            names = "--retry-for",
            paramLabel = "TIME",
            description = "How long a service that does not answer is asked again, such as 30s or 5m. Default: 5m.")
    private Duration retryFor = Duration.ofMinutes(5);

    /** The command, over a session. */
    public WatchCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (run == null) {
            session.printer().note("Follows runs from now on, until Ctrl-C.");
            follow(null);
            return ExitCode.FINISHED;
        }
        if (moves) {
            follow(run);
            return RunWait.exitCode(session.api().run(run).run());
        }
        RunDetailJson ended = new RunWait(session, retryFor).untilEnd(run);
        session.printer().row(ended, ended.run(), RunTables.RUNS);
        return RunWait.exitCode(ended.run());
    }

    private void follow(@Nullable Long one) {
        RowStream<RunEventJson> rows = session.printer().stream(RunTables.MOVES);
        new MoveStream(session, retryFor, event -> {
                    if (isShown(event)) {
                        rows.print(event, event);
                    }
                })
                .follow(one);
    }

    private boolean isShown(RunEventJson event) {
        return (moves || event.entry().scoring() == null)
                && (definition == null || definition.equals(event.definition()));
    }
}
