package dev.bes.cli.definition;

import dev.bes.api.definition.FiresJson;
import dev.bes.api.definition.FiresJson.FireJson;
import dev.bes.cli.output.Colour;
import dev.bes.cli.output.Table;
import dev.bes.cli.session.ExitCode;
import dev.bes.cli.session.PageOptions;
import dev.bes.cli.session.Session;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bes fires}: what became of the fire times of schedules. */
@Command(
        name = "fires",
        description = "Lists what became of the fire times of schedules, the latest first.",
        footer = {
            "  bes fires --definition birdstrikes",
            "  bes fires --outcome missed --from 2026-11-01",
            "  bes fires --limit 200 -o csv > fires.csv"
        })
public final class FiresCommand implements Callable<Integer> {
    private static final List<String> TROUBLE = List.of("rejected", "missed");
    private static final Table<FireJson> FIRES = Table.<FireJson>of()
            .with("time", FireJson::time)
            .with("schedule", one -> one.definition() + "/" + one.schedule())
            .with(
                    "outcome",
                    FireJson::outcome,
                    one -> TROUBLE.contains(one.outcome())
                            ? Colour.RED
                            : one.outcome().equals("started") ? Colour.GREEN : Colour.YELLOW)
            .with("delayMillis", FireJson::delayMillis)
            .with("run", FireJson::run)
            .with("reason", FireJson::reason);

    @Option(names = "--definition", paramLabel = "NAME", description = "Only those of this definition.")
    private @Nullable String definition;

    @Option(names = "--schedule", paramLabel = "NAME", description = "Only those of schedules of this name.")
    private @Nullable String schedule;

    @Option(
            names = "--outcome",
            paramLabel = "WORD",
            description = "Only these: starting, started, queued, rejected, closed, paused, missed or overlapped.")
    private @Nullable String outcome;

    @Option(names = "--from", paramLabel = "DAY", description = "From this day or time on, in UTC.")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "DAY", description = "Up to this day, included, or this time, in UTC.")
    private @Nullable String to;

    @Mixin
    private PageOptions page = new PageOptions();

    private final Session session;

    /** The command, over a session. */
    public FiresCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        FiresJson found = session.api().fires(definition, schedule, outcome, from, to, page.cursor(), page.limit());
        session.printer().rows(found, found.fires(), FIRES, "No fire time matches.");
        page.tellNext(session, found.next());
        return ExitCode.FINISHED;
    }
}
