package dev.bes.orchestrator.trigger.arrival.ledger;

import dev.bes.orchestrator.database.JsonRows;
import dev.bes.orchestrator.database.transaction.Transactions;
import java.sql.Types;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The rows of the entries that lie in drop folders. Rows are written in sets, and each set in order of names, so that nodes
 * that write the same rows wait for each other and never in a circle.
 */
@Component
public class LyingFiles {
    private static final int SET = 2_000;
    private static final String LYING = "location IN ('seen', 'settling', 'complete', 'grouped', 'ignored')";

    /** A file that another node took after this node saw it is not written again: it is the same file. */
    private static final String WRITE = """
            INSERT INTO dropped_file AS d (id, definition, folder, name, bytes, modified_at, location, reason, group_key, store, version)
            SELECT gen_random_uuid(), s.definition, :folder, s.name, s.bytes, s.modified, s.state, s.reason, s."group", :store, s.version
            FROM json_to_recordset(:rows::json)
                AS s(definition text, name text, bytes bigint, modified timestamptz, state text, reason text, "group" text, version text)
            WHERE NOT EXISTS (
                SELECT FROM dropped_file t WHERE s.version IS NULL AND t.folder = :folder AND t.name = s.name AND t.bytes = s.bytes
                    AND t.modified_at = s.modified AND t.location IN ('taking', 'processing')
                    AND t.taken_at > clock_timestamp() - interval '10 s')
              AND NOT EXISTS (
                SELECT FROM dropped_file t WHERE t.folder = :folder AND t.name = s.name AND t.version = s.version AND t.%s)
            ORDER BY s.name
            ON CONFLICT (folder, name) WHERE location IN ('seen', 'settling', 'complete', 'grouped', 'ignored')
            DO UPDATE SET definition = excluded.definition, bytes = excluded.bytes, modified_at = excluded.modified_at,
                location = excluded.location, reason = excluded.reason, group_key = excluded.group_key, version = excluded.version,
                taken_at = clock_timestamp()
            WHERE (d.definition, d.bytes, d.modified_at, d.location, d.reason, d.group_key, d.version) IS DISTINCT FROM (
                excluded.definition, excluded.bytes, excluded.modified_at, excluded.location, excluded.reason, excluded.group_key,
                excluded.version)
            RETURNING CASE WHEN xmax = 0 THEN id END AS inserted""".formatted(TakenVersions.TAKEN);

    /**
     * A statement that waits for a node which takes the file at that moment does not see what that node has committed, and
     * writes a second row of the same file. The next statement sees both. It also sees what became of a blob after it was listed:
     * one that was put away or removed since then may be listed without being there.
     */
    private static final String UNDO = """
            DELETE FROM dropped_file d WHERE id = ANY(:inserted) AND %s AND EXISTS (
                SELECT FROM dropped_file t WHERE t.folder = d.folder AND t.name = d.name AND t.id <> d.id AND (t.version = d.version AND t.%s
                    OR t.moved_at >= :listed AND (t.version IS NULL OR t.version = d.version)
                    OR d.version IS NULL AND t.bytes = d.bytes AND t.modified_at = d.modified_at
                        AND t.location IN ('taking', 'processing') AND t.taken_at > clock_timestamp() - interval '10 s'))
            RETURNING name""".formatted(LYING, TakenVersions.TAKEN);

    private static final String GONE = """
            WITH gone AS (
                SELECT id FROM dropped_file WHERE folder = :folder AND name = ANY(:names) AND %s ORDER BY name FOR UPDATE)
            UPDATE dropped_file SET location = 'gone', moved_at = clock_timestamp() WHERE id IN (SELECT id FROM gone)""".formatted(LYING);

    private final JdbcClient jdbc;
    private final Transactions transactions;

    public LyingFiles(JdbcClient jdbc, Transactions transactions) {
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    private record Row(
            String name,
            @Nullable String definition,
            long bytes,
            String modified,
            String state,
            @Nullable String reason,
            @Nullable String group,
            @Nullable String version) {
        static Row of(LyingFile file) {
            return new Row(
                    file.name(),
                    file.definition(),
                    file.bytes(),
                    file.modified().toString(),
                    file.state().word(),
                    file.reason(),
                    file.group(),
                    file.version());
        }
    }

    /** The rows of a folder. */
    public List<LyingFile> in(String folder) {
        return jdbc.sql(
                        "SELECT name, definition, bytes, modified_at, location, reason, group_key, version FROM dropped_file"
                                + " WHERE folder = :folder AND modified_at IS NOT NULL AND " + LYING)
                .param("folder", folder)
                .query((row, n) -> new LyingFile(
                        row.getString("name"),
                        row.getString("definition"),
                        row.getLong("bytes"),
                        row.getObject("modified_at", OffsetDateTime.class).toInstant(),
                        FileState.at(row.getString("location")),
                        row.getString("reason"),
                        row.getString("group_key"),
                        row.getString("version")))
                .list();
    }

    /** The time by the clock of the database. */
    public OffsetDateTime now() {
        return jdbc.sql("SELECT clock_timestamp()").query(OffsetDateTime.class).single();
    }

    /**
     * Writes what is new or has changed. Rows that say the same already are not written, and no version that was taken.
     *
     * @param store the blob store that has them; null for files of a folder
     * @param listed when the list of them began, for blobs; null for files of a folder
     * @return the names of those that are not written although they are new: another node has dealt with them since they were listed
     */
    public Set<String> write(
            String folder, @Nullable String store, @Nullable OffsetDateTime listed, Collection<LyingFile> files) {
        Set<String> undone = new HashSet<>();
        List<LyingFile> sorted =
                files.stream().sorted(Comparator.comparing(LyingFile::name)).toList();
        for (int from = 0; from < sorted.size(); from += SET) {
            List<Row> set = sorted.subList(from, Math.min(from + SET, sorted.size())).stream()
                    .map(Row::of)
                    .toList();
            undone.addAll(transactions.run(() -> write(folder, store, listed, set)));
        }
        return undone;
    }

    private List<String> write(String folder, @Nullable String store, @Nullable OffsetDateTime listed, List<Row> set) {
        List<UUID> inserted = jdbc
                .sql(WRITE)
                .param("folder", folder)
                .param("store", store)
                .param("rows", JsonRows.rows(set))
                .query((row, n) -> Optional.ofNullable(row.getObject("inserted", UUID.class)))
                .list()
                .stream()
                .flatMap(Optional::stream)
                .toList();
        return inserted.isEmpty()
                ? List.of()
                : jdbc.sql(UNDO)
                        .param("inserted", inserted.toArray(UUID[]::new))
                        .param("listed", listed, Types.TIMESTAMP_WITH_TIMEZONE)
                        .query((row, n) -> row.getString("name"))
                        .list();
    }

    /** Records that entries are no longer there. One that a node has taken meanwhile is left alone. */
    public void gone(String folder, Set<String> names) {
        List<String> sorted = new ArrayList<>(new TreeSet<>(names));
        for (int from = 0; from < sorted.size(); from += SET) {
            jdbc.sql(GONE)
                    .param("folder", folder)
                    .param(
                            "names",
                            sorted.subList(from, Math.min(from + SET, sorted.size()))
                                    .toArray(String[]::new))
                    .update();
        }
    }

    /**
     * Files that wait together.
     *
     * @param definition the definition that takes them
     * @param key what their names have in common; empty if all files of the folder wait together
     * @param files how many there are
     * @param sinceFirst how long ago the first of them came
     * @param sinceLast how long ago the last of them came
     */
    public record Waiting(String definition, String key, long files, Duration sinceFirst, Duration sinceLast) {}

    /** The groups of a folder, by the clock of the database. */
    public List<Waiting> groups(String folder) {
        return jdbc.sql("""
                SELECT definition, group_key, count(*) AS files,
                    extract(epoch FROM clock_timestamp() - min(taken_at)) * 1000 AS first_ms,
                    extract(epoch FROM clock_timestamp() - max(taken_at)) * 1000 AS last_ms
                FROM dropped_file WHERE location = 'grouped' AND folder = :folder GROUP BY definition, group_key""")
                .param("folder", folder)
                .query((row, n) -> new Waiting(
                        row.getString("definition"),
                        row.getString("group_key"),
                        row.getLong("files"),
                        Duration.ofMillis(row.getLong("first_ms")),
                        Duration.ofMillis(row.getLong("last_ms"))))
                .list();
    }

    /**
     * Records for all entries of other folders that no definition names their folder any more.
     *
     * @param blobs whether it is about containers of blob stores, or about folders
     */
    public void unwatched(Collection<String> watched, boolean blobs) {
        jdbc.sql("""
                UPDATE dropped_file SET location = 'ignored', definition = NULL, taken_at = clock_timestamp(),
                    reason = 'no definition names this folder any more'
                WHERE folder <> ALL(:watched) AND definition IS NOT NULL AND store IS %s NULL AND %s""".formatted(blobs ? "NOT" : "", LYING))
                .param("watched", watched.toArray(String[]::new))
                .update();
    }

    /**
     * Purges files that were removed before they were taken, duplicates, and files that stayed and are no longer there. The
     * other rows are purged with their runs.
     *
     * @param age how long ago they were removed or put away
     * @return how many are purged
     */
    public int purge(Duration age, int batch) {
        return purge(age, batch, "location IN ('gone', 'duplicate') AND (location = 'gone' OR version IS NULL)")
                + purge(
                        age,
                        batch,
                        "run_id IS NULL AND scored_by IS NOT NULL AND (version IS NULL OR location = 'retried')");
    }

    private int purge(Duration age, int batch, String which) {
        return jdbc.sql("""
                DELETE FROM dropped_file WHERE id IN (
                    SELECT id FROM dropped_file WHERE %s
                        AND moved_at < clock_timestamp() - :age * interval '1 ms' ORDER BY moved_at LIMIT :batch
                    FOR UPDATE SKIP LOCKED)""".formatted(which))
                .param("age", age.toMillis())
                .param("batch", batch)
                .update();
    }
}
