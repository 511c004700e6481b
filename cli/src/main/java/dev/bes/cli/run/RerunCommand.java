package dev.bes.cli.run;

import dev.bes.api.run.NewRerunJson;
import dev.bes.cli.session.Session;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bes rerun}: repeats an ended run. */
@Command(
        name = "rerun",
        description =
                "Requests a new run that repeats an ended one, with its definition, parameters and files as they were.",
        footer = {"  bes rerun 4711", "  bes rerun 4711 --failed --wait"})
public final class RerunCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "RUN", description = "The number of the ended run.")
    private long run;

    @Option(names = "--failed", description = "Repeats only the scorings that failed.")
    private boolean failed;

    @Mixin
    private final RequestOptions request = new RequestOptions();

    /** The command, over a session. */
    public RerunCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        NewRerunJson rerun = new NewRerunJson(failed ? "failed" : "all");
        return request.request(session, key -> session.client().rerun(run, rerun, key));
    }
}
