package dev.bes.cli.service;

import dev.bes.api.run.CallbacksJson;
import dev.bes.api.run.CallbacksJson.CallbackJson;
import dev.bes.cli.output.Colour;
import dev.bes.cli.output.Table;
import dev.bes.cli.session.ExitCode;
import dev.bes.cli.session.PageOptions;
import dev.bes.cli.session.Session;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bes callbacks}: whom the ends of runs were told to. */
@Command(
        name = "callbacks",
        description = "Lists the calls that tell other programs of the ends of runs, the newest first.",
        footer = {"  bes callbacks --state given-up", "  bes callbacks --run 4711", "  bes callbacks retry 12"})
public final class CallbacksCommand implements Callable<Integer> {
    private static final Table<CallbackJson> CALLBACKS = Table.<CallbackJson>of()
            .with("id", CallbackJson::id)
            .with("run", CallbackJson::run)
            .with("definition", CallbackJson::definition)
            .with("state", CallbackJson::state, one -> switch (one.state()) {
                case "given-up" -> Colour.RED;
                case "delivered" -> Colour.GREEN;
                default -> Colour.YELLOW;
            })
            .with("attempts", CallbackJson::attempts)
            .with("status", CallbackJson::status)
            .with("due", CallbackJson::dueAt)
            .with("address", CallbackJson::address)
            .with("error", CallbackJson::error);

    @Option(names = "--definition", paramLabel = "NAME", description = "Only those of this definition.")
    private @Nullable String definition;

    @Option(
            names = "--state",
            paramLabel = "STATE",
            description = "Only those in this state: waiting, delivered or given-up.")
    private @Nullable String state;

    @Option(names = "--run", paramLabel = "RUN", description = "Only those of this run.")
    private @Nullable Long run;

    @Mixin
    private PageOptions page = new PageOptions();

    private final Session session;

    /** The command, over a session. */
    public CallbacksCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        CallbacksJson found = session.api().callbacks(definition, state, run, page.cursor(), page.limit());
        session.printer().rows(found, found.callbacks(), CALLBACKS, "There is no such callback.");
        page.tellNext(session, found.next());
        return ExitCode.FINISHED;
    }

    @Command(
            name = "retry",
            description = "Has a callback made now, also one that was delivered or given up.",
            footer = {"  bes callbacks retry 12"})
    int retry(@Parameters(paramLabel = "ID", description = "Its number, as listed.") long id) {
        CallbackJson callback = session.api().retryCallback(id);
        session.printer().row(callback, callback, CALLBACKS);
        return ExitCode.FINISHED;
    }
}
