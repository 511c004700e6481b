package dev.bes.orchestrator.run.query;

import dev.bes.orchestrator.run.State;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads which runs there are of partitions and backfills. */
@Component
public class PartitionRuns {
    private final JdbcClient jdbc;

    public PartitionRuns(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The run that says how a partition stands. */
    public record PartitionRun(long id, State state) {}

    /** Of each of these partitions the run that finished, else the newest one. Partitions without a run are left out. */
    public Map<String, PartitionRun> latest(String definition, Collection<String> keys) {
        Map<String, PartitionRun> runs = new HashMap<>();
        jdbc.sql("""
                SELECT DISTINCT ON (partition) partition, id, state FROM run
                WHERE definition = :definition AND partition = ANY(:keys)
                ORDER BY partition, state = 'Finished' DESC, id DESC""")
                .param("definition", definition)
                .param("keys", keys.toArray(String[]::new))
                .query(row -> {
                    runs.put(
                            row.getString("partition"),
                            new PartitionRun(row.getLong("id"), State.of(row.getString("state"))));
                });
        return runs;
    }

    /** How many runs of a backfill have not ended. */
    public int unfinished(long backfill) {
        return jdbc.sql("SELECT count(*) FROM run WHERE backfill = :backfill AND ended_at IS NULL")
                .param("backfill", backfill)
                .query(Integer.class)
                .single();
    }

    /** The backfill that started a run; null if none did. */
    public @Nullable Long backfillOf(long run) {
        return jdbc.sql("SELECT backfill FROM run WHERE id = :run")
                .param("run", run)
                .query((row, n) -> row.getObject("backfill", Long.class))
                .optional()
                .orElse(null);
    }
}
