package dev.bes.cli.service;

import dev.bes.api.installation.PoolsJson;
import dev.bes.api.installation.PoolsJson.NewPoolJson;
import dev.bes.api.installation.PoolsJson.NewRateJson;
import dev.bes.api.installation.PoolsJson.PoolJson;
import dev.bes.cli.output.Colour;
import dev.bes.cli.output.Table;
import dev.bes.cli.session.CommandFailedException;
import dev.bes.cli.session.ExitCode;
import dev.bes.cli.session.Session;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bes pools}: limits on what definitions do together. */
@Command(
        name = "pools",
        description = "Lists pools and how they are used; adds, changes and removes them.",
        footer = {"  bes pools", "  bes pools set gpu --slots 12 --launches 10 --per 1m", "  bes pools remove gpu"})
public final class PoolsCommand implements Callable<Integer> {
    private static final Table<PoolJson> POOLS = Table.<PoolJson>of()
            .with("pool", PoolJson::name)
            .with("slots", pool -> pool.slots() == null ? "does not exist" : pool.slots(), PoolsCommand::colour)
            .with("used", PoolJson::used)
            .with("waiting", PoolJson::waiting)
            .with("launched", pool -> pool.rate() == null ? null : pool.rate().launched())
            .with("launches", pool -> pool.rate() == null ? null : pool.rate().launches())
            .with(
                    "periodSeconds",
                    pool -> pool.rate() == null ? null : pool.rate().periodSeconds())
            .with("definitions", pool -> String.join(" ", pool.definitions()))
            .with("description", PoolJson::description);

    private final Session session;

    /** The command, over a session. */
    public PoolsCommand(Session session) {
        this.session = session;
    }

    private static Colour colour(PoolJson pool) {
        return pool.slots() == null ? Colour.RED : pool.used() >= pool.slots() ? Colour.YELLOW : Colour.GREEN;
    }

    @Override
    public Integer call() {
        PoolsJson pools = session.api().pools();
        session.printer().rows(pools, pools.pools(), POOLS, "There is no pool.");
        return ExitCode.FINISHED;
    }

    @Command(
            name = "set",
            description =
                    "Adds a pool, or changes its limits. They hold from the next start on. Only administrators may.",
            footer = {"  bes pools set gpu --slots 12", "  bes pools set gpu --slots 12 --launches 10 --per 1m"})
    int set(
            @Parameters(paramLabel = "NAME", description = "The name of the pool, as definitions have it.") String name,
            @Option(
                            names = "--slots",
                            paramLabel = "N",
                            required = true,
                            description =
                                    "How many scorings may have a remote job at the same time; 0 lets none start.")
                    int slots,
            @Option(names = "--launches", paramLabel = "N", description = "At most so many launches within --per.")
                    @Nullable
                    Integer launches,
            @Option(names = "--per", paramLabel = "TIME", description = "The time of --launches, such as 1m.") @Nullable
                    Duration per,
            @Option(names = "--description", paramLabel = "TEXT", description = "One line for people.") @Nullable
                    String description) {
        if ((launches == null) != (per == null)) {
            throw CommandFailedException.usage("--launches and --per belong together");
        }
        NewRateJson rate = per == null ? null : new NewRateJson(launches, Math.toIntExact(per.toSeconds()));
        return print(session.api().putPool(name, new NewPoolJson(description, slots, rate)));
    }

    @Command(
            name = "remove",
            description = "Removes a pool that no unfinished scoring needs. Only administrators may.",
            footer = {"  bes pools remove gpu"})
    int remove(@Parameters(paramLabel = "NAME", description = "The name of the pool.") String name) {
        return print(session.api().removePool(name));
    }

    private int print(PoolJson pool) {
        session.printer().row(pool, pool, POOLS);
        return ExitCode.FINISHED;
    }
}
