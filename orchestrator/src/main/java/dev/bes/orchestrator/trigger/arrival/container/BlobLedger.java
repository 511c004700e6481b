package dev.bes.orchestrator.trigger.arrival.container;

import dev.bes.orchestrator.database.JsonRows;
import dev.bes.orchestrator.trigger.arrival.ledger.TakenVersions;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The rows of blobs, from the moment at which they are taken. A blob is not moved: its row and its run are one transaction. */
@Component
class BlobLedger {
    private static final String LYING = "location IN ('seen', 'settling', 'complete', 'grouped', 'ignored')";

    private static final String LOCK = """
            SELECT d.id, d.name, coalesce((SELECT max(r.number) FROM dropped_file r
                WHERE r.folder = d.folder AND r.name = d.name AND r.version = d.version AND r.location = 'retried'), 0) AS retry
            FROM dropped_file d
            JOIN json_to_recordset(:rows::json) AS s(name text, version text) ON s.name = d.name AND s.version = d.version
            WHERE d.folder = :folder AND d.%s
              AND NOT EXISTS (SELECT FROM dropped_file t
                WHERE t.folder = d.folder AND t.name = d.name AND t.version = d.version AND t.%s)
            ORDER BY d.name FOR UPDATE OF d""".formatted(LYING, TakenVersions.TAKEN);

    private static final String TAKE = """
            UPDATE dropped_file d SET location = 'processing', definition = :definition, run_id = :run, reason = NULL,
                sha256 = s.sha256, taken_at = clock_timestamp()
            FROM json_to_recordset(:rows::json) AS s(id uuid, sha256 text) WHERE d.id = s.id""";

    private static final String END = """
            UPDATE dropped_file d SET location = s.location, reason = s.reason, path = s.path, moved_at = clock_timestamp(),
                scored_by = d.run_id, run_id = NULL,
                version = CASE WHEN s.location IN ('deleted', 'archive') THEN NULL ELSE d.version END
            FROM (SELECT * FROM json_to_recordset(:rows::json) AS r(id uuid, location text, reason text, path text) ORDER BY id) s
            WHERE d.id = s.id AND d.location = 'processing'""";

    private final JdbcClient jdbc;

    BlobLedger(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** One version of a blob of a container, by its name there. */
    record Version(String name, String version) {}

    /**
     * A row that this transaction has locked.
     *
     * @param retry number of the row that somebody put back; 0 if nobody did
     */
    record Locked(UUID id, String name, long retry) {}

    /** A row that becomes part of a run. */
    record Taken(UUID id, @Nullable String sha256) {}

    /**
     * A blob whose run may have ended.
     *
     * @param folder store and prefix
     * @param at when it was taken
     */
    record Processing(
            UUID id,
            String definition,
            String store,
            String folder,
            String name,
            String version,
            long run,
            Instant at) {
        /** What its path begins with. */
        String prefix() {
            return folder.substring(store.length() + 1);
        }

        /** Its path in the container. */
        String blob() {
            return prefix() + name;
        }
    }

    /**
     * What becomes of a blob whose run has ended.
     *
     * @param path store and path of the blob in the archive; null if it is not there
     */
    record End(
            UUID id,
            String location,
            @Nullable String reason,
            @Nullable String path) {}

    /** Locks the rows of versions that no node has taken. It waits for a node that is about to take some: a group is not shared. */
    Map<String, Locked> lock(String folder, Collection<Version> versions) {
        Map<String, Locked> rows = new HashMap<>();
        jdbc.sql(LOCK)
                .param("folder", folder)
                .param("rows", JsonRows.rows(versions))
                .query((row, n) ->
                        new Locked(row.getObject("id", UUID.class), row.getString("name"), row.getLong("retry")))
                .list()
                .forEach(row -> rows.put(row.name(), row));
        return rows;
    }

    /** Records the run of locked rows. */
    void take(String definition, long run, Collection<Taken> rows) {
        jdbc.sql(TAKE)
                .param("definition", definition)
                .param("run", run)
                .param("rows", JsonRows.rows(rows))
                .update();
    }

    /** Records that a locked row is not scored. */
    void duplicate(UUID id, String definition, String sha256, String reason) {
        jdbc.sql(
                        "UPDATE dropped_file SET location = 'duplicate', definition = :definition, sha256 = :sha256, reason = :reason,"
                                + " taken_at = clock_timestamp(), moved_at = clock_timestamp() WHERE id = :id")
                .param("id", id)
                .param("definition", definition)
                .param("sha256", sha256)
                .param("reason", reason)
                .update();
    }

    /** The blobs that have a run and are not ended, of all containers. */
    List<Processing> processing() {
        return jdbc.sql("SELECT id, definition, store, folder, name, version, run_id, taken_at FROM dropped_file"
                        + " WHERE location = 'processing' AND store IS NOT NULL")
                .query((row, n) -> new Processing(
                        row.getObject("id", UUID.class),
                        row.getString("definition"),
                        row.getString("store"),
                        row.getString("folder"),
                        row.getString("name"),
                        row.getString("version"),
                        row.getLong("run_id"),
                        row.getObject("taken_at", OffsetDateTime.class).toInstant()))
                .list();
    }

    /** Records what became of blobs, unless another node has. They are remembered as long as their versions are there. */
    void end(Collection<End> blobs) {
        jdbc.sql(END).param("rows", JsonRows.rows(blobs)).update();
    }
}
