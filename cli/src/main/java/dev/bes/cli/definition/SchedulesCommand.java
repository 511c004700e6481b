package dev.bes.cli.definition;

import dev.bes.api.definition.SchedulesJson;
import dev.bes.api.definition.SchedulesJson.NewPauseJson;
import dev.bes.api.definition.SchedulesJson.ScheduleStateJson;
import dev.bes.cli.output.Colour;
import dev.bes.cli.output.Table;
import dev.bes.cli.session.CommandFailedException;
import dev.bes.cli.session.ExitCode;
import dev.bes.cli.session.Session;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bes schedules}: when runs start by themselves. */
@Command(
        name = "schedules",
        description = "Shows when schedules fire next, pauses and resumes them.",
        footer = {
            "  bes schedules next",
            "  bes schedules pause birdstrikes/nightly --reason 'supplier closed'",
            "  bes schedules resume birdstrikes/nightly"
        })
public final class SchedulesCommand implements Callable<Integer> {
    private static final Table<ScheduleStateJson> SCHEDULES = Table.<ScheduleStateJson>of()
            .with("schedule", one -> one.definition() + "/" + one.name())
            .with(
                    "next",
                    one -> one.next().isEmpty() ? "never again" : one.next().getFirst())
            .with("cron", ScheduleStateJson::cron)
            .with("words", ScheduleStateJson::words)
            .with("zone", ScheduleStateJson::zone)
            .with("pausedBy", one -> one.paused() == null ? null : one.paused().actor(), one -> Colour.YELLOW)
            .with(
                    "pausedSince",
                    one -> one.paused() == null ? null : one.paused().since())
            .with("reason", one -> one.paused() == null ? null : one.paused().reason());

    private static final String NAME = "DEFINITION/SCHEDULE, as listed.";

    private final Session session;

    /** The command, over a session. */
    public SchedulesCommand(Session session) {
        this.session = session;
    }

    /** Lists, when no other command is named. */
    @Override
    public Integer call() {
        return next(null);
    }

    private record Name(String definition, String schedule) {
        static Name of(String text) {
            int slash = text.lastIndexOf('/');
            if (slash <= 0 || slash == text.length() - 1) {
                throw CommandFailedException.usage(
                        "'%s' is no name of a schedule: write DEFINITION/SCHEDULE".formatted(text));
            }
            return new Name(text.substring(0, slash), text.substring(slash + 1));
        }
    }

    @Command(
            name = "next",
            description = "Lists schedules with the time at which each fires next, or would if it were not paused.",
            footer = {"  bes schedules next", "  bes schedules next birdstrikes -o json"})
    int next(
            @Parameters(arity = "0..1", paramLabel = "DEFINITION", description = "Only those of this definition.")
                    @Nullable
                    String definition) {
        List<ScheduleStateJson> all = session.api().schedules().schedules().stream()
                .filter(one -> definition == null || definition.equals(one.definition()))
                .toList();
        return print(new SchedulesJson(all, null));
    }

    @Command(
            name = "pause",
            description = "Pauses a schedule, or all of them. Times that pass meanwhile are not made up for.",
            footer = {
                "  bes schedules pause birdstrikes/nightly --reason 'supplier closed'",
                "  bes schedules pause --all --reason maintenance"
            })
    int pause(
            @Parameters(arity = "0..1", paramLabel = "SCHEDULE", description = NAME) @Nullable String name,
            @Option(names = "--all", description = "All schedules on which you are an operator.") boolean all,
            @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why; people will read it.")
                    String reason) {
        NewPauseJson pause = new NewPauseJson(reason);
        if (name == null) {
            requireAll(all);
            return print(session.api().pauseAll(pause));
        }
        refuseAll(all);
        Name one = Name.of(name);
        return print(session.api().pause(one.definition(), one.schedule(), pause));
    }

    @Command(
            name = "resume",
            description = "Resumes a schedule, or all of them.",
            footer = {"  bes schedules resume birdstrikes/nightly", "  bes schedules resume --all"})
    int resume(
            @Parameters(arity = "0..1", paramLabel = "SCHEDULE", description = NAME) @Nullable String name,
            @Option(names = "--all", description = "All schedules on which you are an operator.") boolean all) {
        if (name == null) {
            requireAll(all);
            return print(session.api().resumeAll());
        }
        refuseAll(all);
        Name one = Name.of(name);
        return print(session.api().resume(one.definition(), one.schedule()));
    }

    private static void requireAll(boolean all) {
        if (!all) {
            throw CommandFailedException.usage("Name a schedule, as DEFINITION/SCHEDULE, or add --all");
        }
    }

    private static void refuseAll(boolean all) {
        if (all) {
            throw CommandFailedException.usage("Name one schedule, or add --all, not both");
        }
    }

    private int print(SchedulesJson schedules) {
        session.printer().rows(schedules, schedules.schedules(), SCHEDULES, "There is no schedule.");
        session.tellRest(schedules.next());
        return ExitCode.FINISHED;
    }

    private int print(ScheduleStateJson schedule) {
        session.printer().row(schedule, schedule, SCHEDULES);
        return ExitCode.FINISHED;
    }
}
