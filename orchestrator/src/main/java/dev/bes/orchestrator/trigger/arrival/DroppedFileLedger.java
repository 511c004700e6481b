package dev.bes.orchestrator.trigger.arrival;

import dev.bes.orchestrator.database.JsonRows;
import dev.bes.orchestrator.definition.Definition;
import dev.bes.orchestrator.definition.FileOptions.Duplicates;
import dev.bes.orchestrator.definition.Triggers.DropFolder;
import dev.bes.orchestrator.definition.template.TemplateException;
import dev.bes.orchestrator.files.FileKind;
import dev.bes.orchestrator.files.NotRegularFileException;
import dev.bes.orchestrator.run.InputFile;
import dev.bes.orchestrator.run.acceptance.NewRun;
import dev.bes.orchestrator.run.acceptance.ParametersTooLargeException;
import dev.bes.orchestrator.run.acceptance.RunAcceptance;
import dev.bes.orchestrator.trigger.InputFiles;
import dev.bes.orchestrator.trigger.RunRefusedException;
import dev.bes.orchestrator.trigger.arrival.ledger.DuplicateFiles;
import dev.bes.orchestrator.trigger.arrival.ledger.TakenVersions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The table of taken files: the run that each became, and its path. */
@Component
class DroppedFileLedger {
    private static final String ROWS = """
            SELECT id, definition, folder, name, coalesce(run_id, 0) AS run_id, group_id, version, taken_at,
                   coalesce(path, folder || '/' || :work || '/' || id || '/' || name) AS path
            FROM dropped_file WHERE\s""";

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final RunAcceptance runAcceptance;
    private final InputFiles inputFiles;
    private final DuplicateFiles duplicateFiles;

    DroppedFileLedger(
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            RunAcceptance runAcceptance,
            InputFiles inputFiles,
            DuplicateFiles duplicateFiles) {
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
        this.runAcceptance = runAcceptance;
        this.inputFiles = inputFiles;
        this.duplicateFiles = duplicateFiles;
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

    /** Makes the run of an announced and moved file, and records both in one transaction. */
    void record(Definition definition, DropFolder drop, TakenFile taken) throws IOException {
        NewRun run = NewRun.dropped(definition, drop.folder(), "file:" + taken.id(), List.of());
        try {
            requireRegular(taken.path());
            Duplicates duplicates = drop.rules().scoredDuplicates();
            if (duplicates == Duplicates.ALWAYS) {
                write(taken, () -> accept(run, drop, taken));
            } else {
                recordUnlessKnown(run, drop, taken, duplicates);
            }
        } catch (RunRefusedException.NoInput | TemplateException | ParametersTooLargeException e) {
            // in a new transaction: the failed one is rolled back
            reject(run, taken, String.valueOf(e.getMessage()));
        } catch (NotRegularFileException e) {
            reject(run, taken, "The dropped file '" + taken.name() + "' " + e.getReason());
        }
    }

    private void recordUnlessKnown(NewRun run, DropFolder drop, TakenFile taken, Duplicates duplicates)
            throws IOException {
        String sha256 = FileArchiver.sha256(taken.path());
        long bytes = size(taken.path());
        String name = duplicates == Duplicates.ONCE ? null : taken.name();
        transaction.executeWithoutResult(status -> duplicateFiles
                .earlier(taken.definition(), taken.folder().toString(), name, sha256)
                .ifPresentOrElse(reason -> duplicateFiles.record(taken.id(), sha256, reason), () -> {
                    insert(taken, bytes, accept(run, drop, taken));
                    duplicateFiles.hashed(taken.id(), sha256);
                }));
    }

    /** The file may have been replaced between the last check and the move: such a file is not opened. */
    private static void requireRegular(Path file) throws IOException {
        FileKind.requireRegular(file);
        if (FileKind.names(file) > 1) {
            throw new NotRegularFileException(file.toString(), "a second name (hard link) of some other file");
        }
    }

    private long accept(NewRun run, DropFolder drop, TakenFile taken) {
        InputFile input = new InputFile(taken.path().toString(), taken.fileName());
        return runAcceptance
                .accept(run.with(inputFiles.scorings(run.definition(), Map.of(drop.input(), input), run.values())))
                .id();
    }

    private void reject(NewRun run, TakenFile taken, String reason) throws IOException {
        write(taken, () -> runAcceptance.reject(run, reason).id());
    }

    private void write(TakenFile taken, LongSupplier run) throws IOException {
        long bytes = FileKind.exists(taken.path()) ? size(taken.path()) : 0;
        transaction.executeWithoutResult(status -> insert(taken, bytes, run.getAsLong()));
    }

    void insert(TakenFile taken, long bytes, long run) {
        jdbc.sql("""
                INSERT INTO dropped_file (id, definition, folder, name, bytes, run_id, path)
                VALUES (:id, :definition, :folder, :name, :bytes, :run, :path)
                ON CONFLICT (id) DO UPDATE SET run_id = excluded.run_id, bytes = excluded.bytes, location = 'processing'
                WHERE dropped_file.location = 'taking'""")
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

    /** Files of a drop folder that have a run and lie in the processing folder. */
    List<TakenFile> processing(Path folder) {
        return rows("location = 'processing'", folder);
    }

    /** Files of a drop folder that are not scored, because their content was scored before, and that lie in the processing folder. */
    List<TakenFile> duplicates(Path folder) {
        return rows("location = 'duplicate' AND moved_at IS NULL", folder);
    }

    /** Records where a duplicate was put away. */
    void recordDuplicate(TakenFile taken, @Nullable Path path) {
        jdbc.sql("UPDATE dropped_file SET path = :path, moved_at = clock_timestamp()"
                        + " WHERE id = :id AND location = 'duplicate' AND moved_at IS NULL")
                .param("path", path == null ? null : path.toString())
                .param("id", taken.id())
                .update();
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
     * Records that a file was moved out of the processing folder.
     *
     * @param folder archive, deleted, left, failed, changed or scored-again
     * @param reason why it is kept apart; null if it is not
     * @return whether this node is the first to record it
     */
    boolean recordMove(TakenFile taken, String folder, @Nullable Path path, @Nullable String reason) {
        return jdbc.sql(
                                "UPDATE dropped_file SET location = :location, path = :path, reason = :reason, moved_at = clock_timestamp(),"
                                        + TakenVersions.OUTLIVES_ITS_RUN
                                        + " WHERE id = :id AND location = 'processing'")
                        .param("location", folder)
                        .param("reason", reason)
                        .param("path", path == null ? null : path.toString())
                        .param("id", taken.id())
                        .update()
                == 1;
    }

    /**
     * Makes another run of a file with its present content, unless another node did. The file keeps its path and belongs to the
     * new run.
     *
     * @throws RunRefusedException.NoInput if another input has no file
     */
    void scoreAgain(Definition definition, DropFolder drop, TakenFile taken) throws IOException {
        TakenFile next = new TakenFile(
                UUID.randomUUID(), taken.definition(), taken.folder(), taken.name(), 0, taken.path(), null, null, null);
        NewRun run = NewRun.dropped(definition, drop.folder(), "file:" + next.id(), List.of());
        long bytes = size(taken.path());
        transaction.executeWithoutResult(status -> {
            if (recordMove(taken, "scored-again", taken.path(), "its writer went on after it was scored")) {
                insert(next, bytes, accept(run, drop, next));
            }
        });
    }
}
