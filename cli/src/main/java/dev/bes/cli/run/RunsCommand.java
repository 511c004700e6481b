package dev.bes.cli.run;

import dev.bes.api.run.RunPageJson;
import dev.bes.api.run.StateJson;
import dev.bes.cli.session.ExitCode;
import dev.bes.cli.session.Session;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bes runs}: the list of runs. */
@Command(
        name = "runs",
        description = "Lists runs, newest first.",
        footer = {
            "  bes runs",
            "  bes runs --state Failed --definition birdstrikes",
            "  bes runs --limit 200 -o csv > runs.csv"
        })
public final class RunsCommand implements Callable<Integer> {
    private final Session session;

    @Option(
            names = "--state",
            paramLabel = "STATE",
            completionCandidates = States.class,
            description = "Only those in this state: ${COMPLETION-CANDIDATES}.")
    private @Nullable String state;

    @Option(names = "--definition", paramLabel = "NAME", description = "Only those of this definition.")
    private @Nullable String definition;

    @Option(names = "--before", paramLabel = "RUN", description = "Only those with a smaller number.")
    private @Nullable Long before;

    @Option(names = "--limit", paramLabel = "N", description = "How many at most, from 1 to 200. Default: 20.")
    private int limit = 20;

    /** The command, over a session. */
    public RunsCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        RunPageJson page = session.api().runs(state, definition, before, limit);
        session.printer().rows(page, page.runs(), RunTables.RUNS, "There is no such run.");
        if (page.next() != null && session.printer().isForPeople()) {
            session.printer()
                    .note("There are older ones: add --before "
                            + page.runs().getLast().id());
        }
        return ExitCode.FINISHED;
    }

    /** The states that a run can be in. */
    static final class States implements Iterable<String> {
        @Override
        public java.util.Iterator<String> iterator() {
            return Stream.of(StateJson.values()).map(StateJson::word).iterator();
        }
    }
}
