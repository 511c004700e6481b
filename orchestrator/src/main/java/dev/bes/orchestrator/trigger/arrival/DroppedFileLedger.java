package dev.bes.orchestrator.trigger.arrival;

import dev.bes.orchestrator.database.JsonRows;
import dev.bes.orchestrator.trigger.arrival.ledger.TakenVersions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The rows of taken files: the run that each became, and its path. */
@Component
class DroppedFileLedger {
    private static final String ROWS = """
            SELECT id, definition, folder, name, coalesce(run_id, 0) AS run_id, group_id, version, taken_at,
                   coalesce(path, folder || '/' || :work || '/' || id || '/' || name) AS path
            FROM dropped_file WHERE\s""";

    private final JdbcClient jdbc;

    DroppedFileLedger(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Records that files of a folder are about to be moved to the processing folder. Of nodes that announce the same file one is
     * recorded; the others wait for it, so that they do not share a group. A file without such a row is never recovered.
     *
     * @return the ids of those that are recorded
     */
    Set<UUID> announce(Path folder, List<TakenFile> files) {
        List<Announced> rows = files.stream().map(Announced::of).toList();
        return new HashSet<>(jdbc.sql("""
                WITH lying AS (
                    SELECT d.id AS row, s.* FROM dropped_file d
                    JOIN json_to_recordset(:rows::json) AS s(
                        id uuid, name text, definition text, path text, "group" uuid, version text) ON s.name = d.name
                    WHERE d.folder = :folder AND d.location IN ('seen', 'settling', 'complete', 'grouped', 'ignored')
                      AND d.version IS NOT DISTINCT FROM s.version
                      AND NOT EXISTS (SELECT FROM dropped_file t
                        WHERE t.folder = d.folder AND t.name = d.name AND t.version = s.version AND t.%s)
                    ORDER BY d.name FOR UPDATE OF d)
                UPDATE dropped_file d SET location = 'taking', id = lying.id, definition = lying.definition, path = lying.path,
                    group_id = lying."group", reason = NULL, taken_at = clock_timestamp()
                FROM lying WHERE d.id = lying.row RETURNING d.id""".formatted(TakenVersions.TAKEN))
                .param("folder", folder.toString())
                .param("rows", JsonRows.rows(rows))
                .query(UUID.class)
                .list());
    }

    private record Announced(
            UUID id,
            String name,
            String definition,
            String path,
            @Nullable UUID group,
            @Nullable String version) {
        static Announced of(TakenFile file) {
            return new Announced(
                    file.id(), file.name(), file.definition(), file.path().toString(), file.group(), file.version());
        }
    }

    /** Records that an announced file was removed before it could be moved. */
    void gone(UUID id) {
        jdbc.sql(
                        "WITH gone AS (SELECT id FROM dropped_file WHERE id = :id AND location = 'taking')"
                                + " UPDATE dropped_file SET location = 'gone', moved_at = clock_timestamp() WHERE id IN (SELECT id FROM gone)")
                .param("id", id)
                .update();
    }

    /** Removes the row of a file that was announced but not moved. */
    void forget(UUID id) {
        jdbc.sql("DELETE FROM dropped_file WHERE id = :id AND location = 'taking'")
                .param("id", id)
                .update();
    }

    /** Does the same for a file that cannot be found, once a day has passed: no node can still be moving it then. */
    void forgetStale(UUID id) {
        jdbc.sql("DELETE FROM dropped_file WHERE id = :id AND location = 'taking'"
                        + " AND taken_at < clock_timestamp() - interval '1 day'")
                .param("id", id)
                .update();
    }

    /** The ids of those that no node has recorded; none can until this transaction ends. */
    Set<UUID> lock(Collection<TakenFile> files) {
        return new HashSet<>(jdbc.sql(
                        "SELECT id FROM dropped_file WHERE id = ANY(:ids) AND location = 'taking' ORDER BY id FOR UPDATE")
                .param("ids", files.stream().map(TakenFile::id).toArray(UUID[]::new))
                .query(UUID.class)
                .list());
    }

    /**
     * What becomes of an announced file.
     *
     * @param location processing or duplicate
     * @param run its run; null if it has none
     * @param sha256 its hash; null if it was not looked for
     * @param reason why it is not scored; null if it is
     */
    record Recorded(
            UUID id,
            String location,
            @Nullable Long run,
            long bytes,
            @Nullable String sha256,
            @Nullable String reason) {}

    /** Records what becomes of locked files. */
    void record(Collection<Recorded> files) {
        jdbc.sql("""
                UPDATE dropped_file d SET run_id = s.run, location = s.location, bytes = s.bytes, sha256 = s.sha256, reason = s.reason
                FROM json_to_recordset(:rows::json) AS s(id uuid, location text, run bigint, bytes bigint, sha256 text, reason text)
                WHERE d.id = s.id AND d.location = 'taking'""").param("rows", JsonRows.rows(files)).update();
    }

    /** Records a file that has a run and was not announced. */
    void insert(TakenFile taken, long bytes, long run) {
        jdbc.sql("""
                INSERT INTO dropped_file (id, definition, folder, name, bytes, run_id, path)
                VALUES (:id, :definition, :folder, :name, :bytes, :run, :path)""")
                .param("id", taken.id())
                .param("definition", taken.definition())
                .param("folder", taken.folder().toString())
                .param("name", taken.name())
                .param("bytes", bytes)
                .param("run", run)
                .param("path", taken.path().toString())
                .update();
    }

    static long size(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .size();
    }

    /** Files of a drop folder that were announced so long ago that their node must have failed. */
    List<TakenFile> abandoned(String definition, Path folder) {
        return rows("location = 'taking' AND taken_at < clock_timestamp() - interval '30 s'", folder).stream()
                .filter(taken -> taken.definition().equals(definition))
                .toList();
    }

    /** The files of a drop folder that have a run and lie in the processing folder: the ids of both. */
    Map<UUID, Long> processing(Path folder) {
        Map<UUID, Long> runs = new LinkedHashMap<>();
        jdbc.sql("SELECT id, run_id FROM dropped_file WHERE location = 'processing' AND folder = :folder")
                .param("folder", folder.toString())
                .query(row -> {
                    runs.put(row.getObject("id", UUID.class), row.getLong("run_id"));
                });
        return runs;
    }

    /** Those of the files that have a run and lie in the processing folder. */
    List<TakenFile> processing(Collection<UUID> ids) {
        return jdbc.sql(ROWS + "id = ANY(:ids) AND location = 'processing'")
                .param("work", ProcessingFolder.NAME)
                .param("ids", ids.toArray(UUID[]::new))
                .query(TakenFile::of)
                .list();
    }

    /** Files of a drop folder that are not scored, because their content was scored before, and that lie in the processing folder. */
    List<TakenFile> duplicates(Path folder) {
        return rows("location = 'duplicate' AND moved_at IS NULL", folder);
    }

    /** The drop folders that have files in the processing folder. */
    List<Path> folders() {
        return jdbc.sql("SELECT DISTINCT folder FROM dropped_file WHERE store IS NULL"
                        + " AND (location = 'processing' OR location = 'duplicate' AND moved_at IS NULL)")
                .query((row, n) -> Path.of(row.getString("folder")))
                .list();
    }

    private List<TakenFile> rows(String which, Path folder) {
        return jdbc.sql(ROWS + which + " AND folder = :folder")
                .param("work", ProcessingFolder.NAME)
                .param("folder", folder.toString())
                .query(TakenFile::of)
                .list();
    }

    /** Those of the ids that belong to files in the processing folder or about to be moved there. */
    Set<UUID> known(Collection<UUID> ids) {
        return new HashSet<>(jdbc.sql(
                        "SELECT id FROM dropped_file WHERE id = ANY(:ids) AND location IN ('taking', 'processing', 'duplicate')")
                .param("ids", ids.toArray(UUID[]::new))
                .query(UUID.class)
                .list());
    }

    /**
     * What became of a file whose run has ended, or of a duplicate.
     *
     * @param location archive, deleted, left, failed, changed, scored-again or duplicate
     * @param path where it lies now; null if it is not kept
     * @param reason why it is kept apart; null if it is not
     */
    record PutAway(
            TakenFile taken,
            String location,
            @Nullable Path path,
            @Nullable String reason) {
        private Row row() {
            return new Row(taken.id(), location, path == null ? null : path.toString(), reason);
        }

        private record Row(
                UUID id,
                String location,
                @Nullable String path,
                @Nullable String reason) {}
    }

    /**
     * Records that files were moved out of the processing folder.
     *
     * @return how many of them no node had recorded
     */
    int putAway(Collection<PutAway> files) {
        return jdbc.sql("""
                UPDATE dropped_file d SET moved_at = clock_timestamp(), location = s.location, path = s.path,
                    reason = coalesce(s.reason, d.reason),%s
                FROM (SELECT * FROM json_to_recordset(:rows::json) AS r(id uuid, location text, path text, reason text) ORDER BY id) s
                WHERE d.id = s.id AND (d.location = 'processing' OR d.location = 'duplicate' AND d.moved_at IS NULL)""".formatted(TakenVersions.OUTLIVES_ITS_RUN))
                .param("rows", JsonRows.rows(files.stream().map(PutAway::row).toList()))
                .update();
    }
}
