package dev.bes.cli.run;

import dev.bes.api.run.RunJson;
import dev.bes.cli.session.ExitCode;
import dev.bes.cli.session.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code bes cancel}: cancels runs. */
@Command(
        name = "cancel",
        description = "Cancels runs. Remote jobs that were started are stopped.",
        footer = {"  bes cancel 4711", "  bes cancel $(bes runs --state Running --definition birdstrikes -q)"})
public final class CancelCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "RUN", arity = "1..*", description = "The number of a run.")
    private List<Long> runs = List.of();

    /** The command, over a session. */
    public CancelCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        List<RunJson> cancelled = new ArrayList<>();
        runs.forEach(run -> cancelled.add(session.api().cancel(run)));
        session.printer().rows(cancelled, cancelled, RunTables.RUNS, "");
        return ExitCode.FINISHED;
    }
}
