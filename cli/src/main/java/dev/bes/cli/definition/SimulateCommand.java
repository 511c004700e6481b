package dev.bes.cli.definition;

import dev.bes.api.definition.SimulationJson;
import dev.bes.api.definition.SimulationJson.SimulatedFireJson;
import dev.bes.cli.output.Colour;
import dev.bes.cli.output.Table;
import dev.bes.cli.session.ExitCode;
import dev.bes.cli.session.Session;
import java.time.Duration;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bes simulate}: what schedules will do. */
@Command(
        name = "simulate",
        description =
                "Lists every fire time of schedules in a span of time, with what will become of it: by zones, changes of clocks,"
                        + " calendars, overlap and the pauses of now. It starts nothing.",
        footer = {
            "  bes simulate",
            "  bes simulate --from 2026-12-20 --to 2027-01-10 --definition birdstrikes",
            "  bes simulate --run-time 2h -o csv"
        })
public final class SimulateCommand implements Callable<Integer> {
    private static final Table<SimulatedFireJson> FIRES = Table.<SimulatedFireJson>of()
            .with("time", SimulatedFireJson::time)
            .with("local", one -> one.time().atZone(ZoneId.of(one.zone())).toOffsetDateTime())
            .with("schedule", one -> one.definition() + "/" + one.schedule())
            .with(
                    "outcome",
                    SimulatedFireJson::outcome,
                    one -> one.outcome().equals("started") ? Colour.GREEN : Colour.YELLOW)
            .with("startsAt", SimulatedFireJson::startsAt)
            .with("reason", SimulatedFireJson::reason);

    @Option(names = "--definition", paramLabel = "NAME", description = "Only the schedules of this definition.")
    private @Nullable String definition;

    @Option(names = "--from", paramLabel = "DAY", description = "From this day or time on, in UTC. Default: now.")
    private @Nullable String from;

    @Option(
            names = "--to",
            paramLabel = "DAY",
            description = "Up to this day, included, or this time, in UTC. Default: seven days later.")
    private @Nullable String to;

    @Option(
            names = "--run-time",
            paramLabel = "TIME",
            description = "How long each run lasts, such as 30m. Default: what the last runs of its definition took.")
    private @Nullable Duration runTime;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "How many at most, from 1 to 10000.",
            defaultValue = "1000")
    private int limit;

    private final Session session;

    /** The command, over a session. */
    public SimulateCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        SimulationJson simulation =
                session.api().simulate(definition, from, to, runTime == null ? null : runTime.toString(), limit);
        session.printer().rows(simulation, simulation.fires(), FIRES, "No schedule fires in that time.");
        if (!simulation.complete() && session.printer().isForPeople()) {
            session.printer().note("There are more: shorten the time, or raise --limit");
        }
        return ExitCode.FINISHED;
    }
}
