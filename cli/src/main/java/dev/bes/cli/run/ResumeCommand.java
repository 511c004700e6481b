package dev.bes.cli.run;

import dev.bes.api.run.ScoringJson;
import dev.bes.cli.session.CommandFailedException;
import dev.bes.cli.session.ExitCode;
import dev.bes.cli.session.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code bes resume}: resumes scorings that need attention. */
@Command(
        name = "resume",
        description = "Resumes the scorings of a run that need attention.",
        footer = {"  bes attention", "  bes resume 4711", "  bes resume 4711 3"})
public final class ResumeCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(index = "0", paramLabel = "RUN", description = "The number of the run.")
    private long run;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "SCORING",
            description = "The scoring, by its number in the run. Default: all that need attention.")
    private @Nullable Integer scoring;

    /** The command, over a session. */
    public ResumeCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        List<Integer> positions = scoring == null ? needingAttention() : List.of(scoring);
        if (positions.isEmpty()) {
            throw CommandFailedException.failed("No scoring of run %d needs attention".formatted(run));
        }
        List<ScoringJson> resumed = new ArrayList<>();
        positions.forEach(position -> resumed.add(session.api().resume(run, position)));
        session.printer().rows(resumed, resumed, RunTables.SCORINGS, "");
        return ExitCode.FINISHED;
    }

    private List<Integer> needingAttention() {
        return new Scorings(session.api())
                .of(run)
                .filter(one -> one.attention() != null)
                .map(ScoringJson::position)
                .toList();
    }
}
