package dev.bes.cli.run;

import dev.bes.api.RunDetailJson;
import dev.bes.api.RunJson;
import dev.bes.api.client.ApiException;
import dev.bes.cli.session.Failures;
import dev.bes.cli.session.Session;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
            "Without a run, prints a line whenever the state of a run changes, until Ctrl-C."
        },
        footer = {"  bes watch 4711", "  bes watch", "  bes watch --definition birdstrikes"})
public final class WatchCommand implements Callable<Integer> {
    private static final Duration INTERVAL = Duration.ofSeconds(2);
    private static final int SHOWN = 20;
    private static final int READ = 200;

    private final Session session;

    @Parameters(arity = "0..1", paramLabel = "RUN", description = "The number of the run.")
    private @Nullable Long run;

    @Option(names = "--definition", paramLabel = "NAME", description = "Only runs of this definition.")
    private @Nullable String definition;

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
            return followAll();
        }
        RunDetailJson ended = new RunWait(session, retryFor).untilEnd(run);
        session.printer().row(ended, ended.run(), RunTables.RUNS);
        return RunWait.exitCode(ended.run());
    }

    private int followAll() {
        Map<Long, String> seen = new HashMap<>();
        List<RunJson> first =
                session.api().runs(null, definition, null, SHOWN).runs().reversed();
        first.forEach(one -> print(one, seen));
        while (true) {
            session.pause(INTERVAL);
            try {
                session.api()
                        .runs(null, definition, null, READ)
                        .runs()
                        .reversed()
                        .forEach(one -> print(one, seen));
            } catch (ApiException e) {
                if (!Failures.isPassing(e)) {
                    throw e;
                }
            }
        }
    }

    private void print(RunJson one, Map<Long, String> seen) {
        String now = one.state().word() + one.endedCount() + "/" + one.attentionCount();
        if (!now.equals(seen.put(one.id(), now))) {
            session.printer()
                    .line("%s  run %d  %s  %s  %d/%d%s"
                            .formatted(
                                    java.time.LocalTime.ofInstant(
                                                    session.environment()
                                                            .clock()
                                                            .instant(),
                                                    session.environment().zone())
                                            .truncatedTo(java.time.temporal.ChronoUnit.SECONDS),
                                    one.id(),
                                    one.definition(),
                                    one.state().word(),
                                    one.endedCount(),
                                    one.scoringCount(),
                                    one.cause() == null ? "" : "  " + one.cause()));
        }
    }
}
