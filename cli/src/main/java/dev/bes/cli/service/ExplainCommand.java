package dev.bes.cli.service;

import dev.bes.api.installation.ExplanationJson;
import dev.bes.api.installation.ExplanationJson.CauseJson;
import dev.bes.cli.output.Colour;
import dev.bes.cli.output.Printer;
import dev.bes.cli.output.Table;
import dev.bes.cli.session.ExitCode;
import dev.bes.cli.session.Session;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bes explain}: why something did, or did not, run. */
@Command(
        name = "explain",
        description = {
            "Says why something did, or did not, run: a definition, a schedule, a file, a run, a request, or all at a time.",
            "It names recorded causes and the state of now, the most important first."
        },
        footer = {
            "  bes explain birdstrikes",
            "  bes explain birdstrikes/nightly --at 2026-12-25T02:30",
            "  bes explain --at 2026-11-29T02:30Z",
            "  bes explain --file strikes-7.csv",
            "  bes explain --run 4711 -o json"
        })
public final class ExplainCommand implements Callable<Integer> {
    private static final Table<CauseJson> CAUSES = Table.<CauseJson>of()
            .with("code", CauseJson::code, one -> Colour.YELLOW)
            .with("since", CauseJson::since)
            .with("until", CauseJson::until)
            .with("text", CauseJson::text);

    @Parameters(
            arity = "0..1",
            paramLabel = "DEFINITION[/SCHEDULE]",
            description = "A definition, or one of its schedules.")
    private @Nullable String subject;

    @Option(
            names = "--at",
            paramLabel = "TIME",
            description =
                    "A day or a time, such as 2026-12-25T02:30: by the clock of the schedule, or with an offset or Z.")
    private @Nullable String at;

    @Option(
            names = "--file",
            paramLabel = "NAME",
            description = "A file of a drop folder: its name, or the end of its path.")
    private @Nullable String file;

    @Option(names = "--run", paramLabel = "RUN", description = "A run, by its number.")
    private @Nullable Long run;

    @Option(
            names = "--request",
            paramLabel = "KEY",
            description = "A request, by its idempotency key or by the id that bes_request_run returned.")
    private @Nullable String request;

    private final Session session;

    /** The command, over a session. */
    public ExplainCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        String[] names = subject == null ? new String[0] : subject.split("/", 2);
        String definition = names.length > 0 ? names[0] : null;
        String schedule = names.length > 1 ? names[1] : null;
        ExplanationJson explanation = session.api().explain(definition, schedule, at, file, run, request);
        if (session.printer().isForPeople()) {
            explanation.causes().forEach(this::print);
        } else {
            session.printer().rows(explanation, explanation.causes(), CAUSES, "");
        }
        return ExitCode.FINISHED;
    }

    /** A sentence is longer than a cell of a table can be: it has lines of its own. */
    private void print(CauseJson cause) {
        Printer printer = session.printer();
        printer.line(cause.text());
        printer.line("  " + cause.code()
                + (cause.since() == null ? "" : ", since " + printer.shown(cause.since()))
                + (cause.until() == null ? "" : ", until at least " + printer.shown(cause.until())));
    }
}
