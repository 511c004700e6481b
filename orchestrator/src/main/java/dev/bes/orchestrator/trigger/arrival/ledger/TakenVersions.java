package dev.bes.orchestrator.trigger.arrival.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The versions that were taken of blobs, and of files that stay where they are. Their rows are kept as long as the version is
 * there, so that it never becomes a second run.
 */
@Component
public class TakenVersions {
    /** The rows of versions that were taken, as the unique index on versions has them. */
    public static final String TAKEN =
            "location IN ('taking', 'processing', 'duplicate', 'archive', 'deleted', 'left', 'failed')";

    /** Sets the columns of a row when its run has ended: with a version it is kept longer than its run. */
    public static final String OUTLIVES_ITS_RUN =
            " scored_by = CASE WHEN version IS NULL THEN scored_by ELSE run_id END,"
                    + " run_id = CASE WHEN version IS NULL THEN run_id END";

    /** Without those that a node is about to take: if it dies, another one takes them. */
    private static final String ROWS =
            "SELECT name, version FROM dropped_file WHERE folder = :folder AND version IS NOT NULL AND location <> 'taking' AND "
                    + TAKEN;

    private final JdbcClient jdbc;

    public TakenVersions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The newest version that was taken of each file of a folder, by name. */
    public Map<String, String> in(String folder) {
        return versions(jdbc.sql(ROWS + " ORDER BY number").param("folder", folder));
    }

    /** The same for files of these names. */
    public Map<String, String> of(String folder, Collection<String> names) {
        return versions(jdbc.sql(ROWS + " AND name = ANY(:names) ORDER BY number")
                .param("folder", folder)
                .param("names", names.toArray(String[]::new)));
    }

    private static Map<String, String> versions(JdbcClient.StatementSpec statement) {
        Map<String, String> versions = new HashMap<>();
        statement.query((ResultSet row) -> {
            versions.put(name(row), row.getString("version"));
        });
        return versions;
    }

    private static String name(ResultSet row) throws SQLException {
        return row.getString("name");
    }

    /**
     * Records that files are no longer there. Their rows are purged some day.
     *
     * @return the names of those whose runs have ended; the others are to be released later
     */
    public Set<String> release(String folder, Collection<String> names) {
        return new HashSet<>(release(folder, names, ""));
    }

    /** Records that files have other versions by now, which were taken. */
    public void releaseOlder(String folder, Collection<String> names) {
        release(
                folder,
                names,
                "AND EXISTS (SELECT FROM dropped_file n WHERE n.folder = d.folder AND n.name = d.name AND n.number > d.number"
                        + " AND n.version IS NOT NULL AND n." + TAKEN + ")");
    }

    /** Those whose run goes on are released when it has ended. */
    private List<String> release(String folder, Collection<String> names, String which) {
        return jdbc.sql("""
                UPDATE dropped_file SET version = NULL, moved_at = clock_timestamp() WHERE id IN (
                    SELECT id FROM dropped_file d WHERE folder = :folder AND name = ANY(:names) AND version IS NOT NULL
                        AND location IN ('duplicate', 'archive', 'deleted', 'left', 'failed') %s ORDER BY name FOR UPDATE)
                RETURNING name""".formatted(which))
                .param("folder", folder)
                .param("names", names.toArray(String[]::new))
                .query((row, n) -> name(row))
                .list();
    }

    /** The names of files that somebody wants to be scored again, since that long or a minute longer. */
    public Set<String> retried(String folder, Duration since) {
        return new HashSet<>(jdbc.sql("""
                SELECT name FROM dropped_file r WHERE folder = :folder AND location = 'retried' AND version IS NOT NULL
                    AND moved_at > clock_timestamp() - :since * interval '1 ms'
                    AND NOT EXISTS (SELECT FROM dropped_file t WHERE t.folder = r.folder AND t.name = r.name
                        AND t.version = r.version AND t.%s)""".formatted(TAKEN))
                .param("folder", folder)
                .param("since", since.plusMinutes(1).toMillis())
                .query((row, n) -> name(row))
                .list());
    }
}
