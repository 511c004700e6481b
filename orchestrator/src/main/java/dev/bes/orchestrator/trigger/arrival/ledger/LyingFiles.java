package dev.bes.orchestrator.trigger.arrival.ledger;

import dev.bes.orchestrator.database.JsonRows;
import dev.bes.orchestrator.database.Transactions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
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
            INSERT INTO dropped_file AS d (id, definition, folder, name, bytes, modified_at, location, reason, group_key)
            SELECT gen_random_uuid(), s.definition, :folder, s.name, s.bytes, s.modified, s.state, s.reason, s."group"
            FROM json_to_recordset(:rows::json)
                AS s(definition text, name text, bytes bigint, modified timestamptz, state text, reason text, "group" text)
            WHERE NOT EXISTS (
                SELECT FROM dropped_file t WHERE t.folder = :folder AND t.name = s.name AND t.bytes = s.bytes
                    AND t.modified_at = s.modified AND t.location IN ('taking', 'processing')
                    AND t.taken_at > clock_timestamp() - interval '10 s')
            ORDER BY s.name
            ON CONFLICT (folder, name) WHERE location IN ('seen', 'settling', 'complete', 'grouped', 'ignored')
            DO UPDATE SET definition = excluded.definition, bytes = excluded.bytes, modified_at = excluded.modified_at,
                location = excluded.location, reason = excluded.reason, group_key = excluded.group_key, taken_at = clock_timestamp()
            WHERE (d.definition, d.bytes, d.modified_at, d.location, d.reason, d.group_key) IS DISTINCT FROM (excluded.definition,
                excluded.bytes, excluded.modified_at, excluded.location, excluded.reason, excluded.group_key)
            RETURNING CASE WHEN xmax = 0 THEN id END AS inserted""";

    /**
     * A statement that waits for a node which takes the file at that moment does not see what that node has committed, and
     * writes a second row of the same file. The next statement sees both.
     */
    private static final String UNDO = """
            DELETE FROM dropped_file d WHERE id = ANY(:inserted) AND %s AND EXISTS (
                SELECT FROM dropped_file t WHERE t.folder = d.folder AND t.name = d.name AND t.bytes = d.bytes
                    AND t.modified_at = d.modified_at AND t.location IN ('taking', 'processing')
                    AND t.taken_at > clock_timestamp() - interval '10 s')""".formatted(LYING);

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
            @Nullable String group) {
        static Row of(LyingFile file) {
            return new Row(
                    file.name(),
                    file.definition(),
                    file.bytes(),
                    file.modified().toString(),
                    file.state().word(),
                    file.reason(),
                    file.group());
        }
    }

    /** The rows of a folder. */
    public List<LyingFile> in(Path folder) {
        return jdbc.sql("SELECT name, definition, bytes, modified_at, location, reason, group_key FROM dropped_file"
                        + " WHERE folder = :folder AND modified_at IS NOT NULL AND " + LYING)
                .param("folder", folder.toString())
                .query((row, n) -> new LyingFile(
                        row.getString("name"),
                        row.getString("definition"),
                        row.getLong("bytes"),
                        row.getObject("modified_at", OffsetDateTime.class).toInstant(),
                        FileState.at(row.getString("location")),
                        row.getString("reason"),
                        row.getString("group_key")))
                .list();
    }

    /** Writes what is new or has changed. Rows that say the same already are not written. */
    public void write(Path folder, Collection<LyingFile> files) {
        List<LyingFile> sorted =
                files.stream().sorted(Comparator.comparing(LyingFile::name)).toList();
        for (int from = 0; from < sorted.size(); from += SET) {
            List<Row> set = sorted.subList(from, Math.min(from + SET, sorted.size())).stream()
                    .map(Row::of)
                    .toList();
            transactions.run(() -> {
                write(folder, set);
                return true;
            });
        }
    }

    private void write(Path folder, List<Row> set) {
        List<UUID> inserted = jdbc
                .sql(WRITE)
                .param("folder", folder.toString())
                .param("rows", JsonRows.rows(set))
                .query((row, n) -> Optional.ofNullable(row.getObject("inserted", UUID.class)))
                .list()
                .stream()
                .flatMap(Optional::stream)
                .toList();
        if (!inserted.isEmpty()) {
            jdbc.sql(UNDO).param("inserted", inserted.toArray(UUID[]::new)).update();
        }
    }

    /** Records that entries are no longer there. One that a node has taken meanwhile is left alone. */
    public void gone(Path folder, Set<String> names) {
        List<String> sorted = new ArrayList<>(new TreeSet<>(names));
        for (int from = 0; from < sorted.size(); from += SET) {
            jdbc.sql(GONE)
                    .param("folder", folder.toString())
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
    public List<Waiting> groups(Path folder) {
        return jdbc.sql("""
                SELECT definition, group_key, count(*) AS files,
                    extract(epoch FROM clock_timestamp() - min(taken_at)) * 1000 AS first_ms,
                    extract(epoch FROM clock_timestamp() - max(taken_at)) * 1000 AS last_ms
                FROM dropped_file WHERE location = 'grouped' AND folder = :folder GROUP BY definition, group_key""")
                .param("folder", folder.toString())
                .query((row, n) -> new Waiting(
                        row.getString("definition"),
                        row.getString("group_key"),
                        row.getLong("files"),
                        Duration.ofMillis(row.getLong("first_ms")),
                        Duration.ofMillis(row.getLong("last_ms"))))
                .list();
    }

    /** Records for all entries of other folders that no definition names their folder any more. */
    public void unwatched(Collection<Path> watched) {
        jdbc.sql("""
                UPDATE dropped_file SET location = 'ignored', definition = NULL, taken_at = clock_timestamp(),
                    reason = 'no definition names this folder any more'
                WHERE folder <> ALL(:watched) AND definition IS NOT NULL AND %s""".formatted(LYING))
                .param("watched", watched.stream().map(Path::toString).toArray(String[]::new))
                .update();
    }

    /**
     * Purges files that were removed before they were taken, and duplicates. The other rows are purged with their runs.
     *
     * @param age how long ago they were removed or put away
     * @return how many are purged
     */
    public int purge(Duration age, int batch) {
        return jdbc.sql("""
                DELETE FROM dropped_file WHERE id IN (
                    SELECT id FROM dropped_file WHERE location IN ('gone', 'duplicate')
                        AND moved_at < clock_timestamp() - :age * interval '1 ms' ORDER BY moved_at LIMIT :batch
                    FOR UPDATE SKIP LOCKED)""").param("age", age.toMillis()).param("batch", batch).update();
    }
}
