package dev.bes.orchestrator.run.command;

import dev.bes.orchestrator.database.transaction.Transactions;
import dev.bes.orchestrator.run.journal.RunJournal;
import java.time.Duration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Forgets runs that ended long ago, in batches of so many scorings: a large run goes in several. Their definitions stay. What is live, waits for
 * a user, is still compared with its shadow, or still has to tell others of its end is never touched, and nodes that purge at the same time take different runs.
 */
@Component
public class RunPurge {
    // a file still to be put away would be taken for a new one if its row in the ledger went with the run
    private static final String OLD = """
            SELECT id FROM run r
            WHERE ended_at < now() - :age * interval '1 ms'
              AND NOT EXISTS (SELECT FROM scoring s WHERE s.run_id = r.id AND s.state IN ('NotStarted', 'Running'))
              AND NOT EXISTS (SELECT FROM dropped_file d WHERE d.run_id = r.id AND d.location = 'processing')
              AND NOT EXISTS (SELECT FROM callback c WHERE c.run_id = r.id AND c.state = 'waiting')
              AND NOT EXISTS (SELECT FROM shadow_comparison c JOIN run s ON s.id = c.shadow_run
                              WHERE c.run_id = r.id AND c.verdict IS NULL AND s.ended_at IS NULL)
            ORDER BY ended_at LIMIT :batch FOR UPDATE SKIP LOCKED""";

    private static final String SCORINGS = """
            WITH gone AS (
                DELETE FROM scoring WHERE id = ANY(ARRAY(
                    SELECT id FROM scoring WHERE run_id = ANY(:runs) ORDER BY run_id, position LIMIT :batch))
                RETURNING run_id, id)
            %s""".formatted(RunJournal.PURGE);

    private static final String RUNS = """
            DELETE FROM run r WHERE id = ANY(:runs) AND NOT EXISTS (SELECT FROM scoring s WHERE s.run_id = r.id)""";

    private static final String NODES = "DELETE FROM node WHERE last_heartbeat_at < now() - :age * interval '1 ms'";

    private final JdbcClient jdbc;
    private final Transactions transactions;

    public RunPurge(JdbcClient jdbc, Transactions transactions) {
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    /**
     * Purges one batch in a transaction of its own.
     *
     * @param age how long ago a run must have ended
     * @param batch how many scorings at most, and how many runs
     * @return how many runs are gone
     */
    public int purge(Duration age, int batch) {
        return transactions.run(() -> {
            Long[] old = jdbc.sql(OLD)
                    .param("age", age.toMillis())
                    .param("batch", batch)
                    .query(Long.class)
                    .list()
                    .toArray(Long[]::new);
            return old.length == 0 ? 0 : purge(old, batch);
        });
    }

    private int purge(Long[] old, int batch) {
        jdbc.sql(SCORINGS).param("runs", old).param("batch", batch).update();
        return jdbc.sql(RUNS).param("runs", old).update();
    }

    /** Purges the rows of nodes whose last heartbeat is older than that. */
    public void purgeNodes(Duration age) {
        jdbc.sql(NODES).param("age", age.toMillis()).update();
    }
}
