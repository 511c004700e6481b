package dev.bes.cli.backfill;

import dev.bes.api.backfill.BackfillPlanJson;
import dev.bes.api.backfill.BackfillsJson;
import dev.bes.api.backfill.BackfillsJson.BackfillDetailJson;
import dev.bes.api.backfill.BackfillsJson.BackfillJson;
import dev.bes.api.backfill.BackfillsJson.BackfillTimeJson;
import dev.bes.api.backfill.NewBackfillJson;
import dev.bes.cli.output.Table;
import dev.bes.cli.session.ExitCode;
import dev.bes.cli.session.Session;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bes backfills}: runs for past times of a schedule. */
@Command(
        name = "backfills",
        description = "Starts runs for past times of a schedule, a few at a time.",
        footer = {
            "  bes backfills start birdstrikes --from 2026-03-01 --to 2026-03-31 --dry-run",
            "  bes backfills start birdstrikes --from 2026-03-01 --scope failed --parallel 4",
            "  bes backfills pause 3"
        })
public final class BackfillsCommand implements Callable<Integer> {
    private static final String NUMBER = "The number of the backfill, as listed.";
    private static final Table<BackfillJson> BACKFILLS = Table.<BackfillJson>of()
            .with("backfill", BackfillJson::id)
            .with("state", BackfillJson::state)
            .with("schedule", one -> one.definition() + "/" + one.schedule())
            .with("from", BackfillJson::from)
            .with("to", BackfillJson::to)
            .with("scope", BackfillJson::scope)
            .with("runs", one -> "%d of %d".formatted(one.started() + one.found() + one.rejected(), one.items()))
            .with("actor", BackfillJson::actor);
    private static final Table<BackfillTimeJson> TIMES = Table.<BackfillTimeJson>of()
            .with("partition", BackfillTimeJson::partition)
            .with("fireTime", BackfillTimeJson::fireTime)
            .with("outcome", BackfillTimeJson::outcome)
            .with("run", BackfillTimeJson::run)
            .with("reason", BackfillTimeJson::reason);

    private final Session session;

    /** The command, over a session. */
    public BackfillsCommand(Session session) {
        this.session = session;
    }

    /** Lists, when no other command is named. */
    @Override
    public Integer call() {
        return list();
    }

    @Command(
            name = "list",
            description = "Lists backfills, the newest first.",
            footer = {"  bes backfills list"})
    int list() {
        BackfillsJson all = session.api().backfills(null);
        session.printer().rows(all, all.backfills(), BACKFILLS, "There is no backfill.");
        session.tellRest(all.next());
        return ExitCode.FINISHED;
    }

    @Command(
            name = "show",
            description = "Shows what has become of each time of a backfill.",
            footer = {"  bes backfills show 3"})
    int show(@Parameters(paramLabel = "BACKFILL", description = NUMBER) long id) {
        BackfillDetailJson detail = session.api().backfill(id);
        session.printer().rows(detail, detail.times(), TIMES, "There was no time to fill in.");
        return ExitCode.FINISHED;
    }

    @Command(
            name = "start",
            description = "Starts a backfill, or with --dry-run says what it would do and how many calls it needs.",
            footer = {
                "  bes backfills start birdstrikes --from 2026-03-01 --to 2026-03-31 --dry-run",
                "  bes backfills start birdstrikes/nightly --from 2026-03-01 --scope all --order newest"
            })
    int start(
            @Parameters(
                            paramLabel = "SCHEDULE",
                            description = "DEFINITION/SCHEDULE, or the definition if it has one schedule.")
                    String name,
            @Option(
                            names = "--from",
                            paramLabel = "DAY",
                            required = true,
                            description = "The first day in the zone of the schedule, or a time in UTC.")
                    String from,
            @Option(
                            names = "--to",
                            paramLabel = "DAY",
                            description = "The last day, included, or a time in UTC. Default: now.")
                    @Nullable
                    String to,
            @Option(
                            names = "--scope",
                            paramLabel = "WHICH",
                            description = "missing (default), failed for failed ones too, or all.")
                    @Nullable
                    String scope,
            @Option(names = "--order", paramLabel = "WHICH", description = "oldest (default) or newest first.")
                    @Nullable
                    String order,
            @Option(
                            names = "--parallel",
                            paramLabel = "N",
                            description = "How many of its runs are unfinished at most. Default: 1.")
                    @Nullable
                    Integer parallel,
            @Option(names = "--param", paramLabel = "NAME=VALUE", description = "A parameter of all its runs.")
                    @Nullable
                    Map<String, String> parameters,
            @Option(names = "--dry-run", description = "Only says what it would do.") boolean dryRun) {
        int slash = name.indexOf('/');
        NewBackfillJson asked = new NewBackfillJson(
                slash < 0 ? name : name.substring(0, slash),
                slash < 0 ? null : name.substring(slash + 1),
                from,
                to,
                scope,
                order,
                parallel,
                parameters == null ? null : new LinkedHashMap<>(parameters),
                null);
        return dryRun ? plan(asked) : print(session.api().startBackfill(asked));
    }

    private int plan(NewBackfillJson asked) {
        BackfillPlanJson plan = session.api().planBackfill(asked);
        session.printer()
                .rows(plan, plan.starts(), PartitionsCommand.PARTITIONS, "Nothing is to be done in that time.");
        session.printer()
                .note("%d runs with %d files%s."
                        .formatted(
                                plan.runs(),
                                plan.scorings(),
                                plan.calls() == null ? "" : ", about %d calls".formatted(plan.calls())));
        plan.problems()
                .forEach(problem -> session.printer()
                        .note("The run of %s would fail: %s".formatted(problem.partition(), problem.reason())));
        return ExitCode.FINISHED;
    }

    @Command(
            name = "pause",
            description = "Pauses a backfill: it starts no run until it is resumed.",
            footer = {"  bes backfills pause 3"})
    int pause(@Parameters(paramLabel = "BACKFILL", description = NUMBER) long id) {
        return print(session.api().pauseBackfill(id));
    }

    @Command(
            name = "resume",
            description = "Resumes a backfill.",
            footer = {"  bes backfills resume 3"})
    int resume(@Parameters(paramLabel = "BACKFILL", description = NUMBER) long id) {
        return print(session.api().resumeBackfill(id));
    }

    @Command(
            name = "cancel",
            description = "Cancels a backfill: it starts no more runs. Runs that are under way go on.",
            footer = {"  bes backfills cancel 3"})
    int cancel(@Parameters(paramLabel = "BACKFILL", description = NUMBER) long id) {
        return print(session.api().cancelBackfill(id));
    }

    private int print(BackfillJson backfill) {
        session.printer().row(backfill, backfill, BACKFILLS);
        return ExitCode.FINISHED;
    }
}
