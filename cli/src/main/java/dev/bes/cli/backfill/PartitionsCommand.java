package dev.bes.cli.backfill;

import dev.bes.api.backfill.PartitionsJson;
import dev.bes.api.backfill.PartitionsJson.PartitionJson;
import dev.bes.cli.output.Table;
import dev.bes.cli.session.ExitCode;
import dev.bes.cli.session.Session;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bes partitions}: which parts of the data have been scored. */
@Command(
        name = "partitions",
        description = "Shows which parts of the data of a definition are done, missing, late or failed.",
        footer = {"  bes partitions birdstrikes", "  bes partitions birdstrikes --from 2026-03-01 --to 2026-03-31"})
public final class PartitionsCommand implements Callable<Integer> {
    /** The columns of partitions. */
    static final Table<PartitionJson> PARTITIONS = Table.<PartitionJson>of()
            .with("partition", PartitionJson::key)
            .with("state", PartitionJson::state)
            .with("schedule", PartitionJson::schedule)
            .with("fireTime", PartitionJson::fireTime)
            .with("run", PartitionJson::run);

    private final Session session;

    @Parameters(paramLabel = "DEFINITION", description = "The definition.")
    private String definition = "";

    @Option(
            names = "--from",
            paramLabel = "DAY",
            description = "From this day or time in UTC. Default: 31 days before.")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "DAY", description = "To this day, included, or time in UTC. Default: now.")
    private @Nullable String to;

    /** The command, over a session. */
    public PartitionsCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        PartitionsJson all = session.api().partitions(definition, from, to);
        session.printer().rows(all, all.partitions(), PARTITIONS, "No schedule was due in that time.");
        return ExitCode.FINISHED;
    }
}
