package dev.bes.orchestrator.trigger;

import dev.bes.orchestrator.definition.Definition;
import dev.bes.orchestrator.definition.SafeName;
import dev.bes.orchestrator.definition.TemplateException;
import dev.bes.orchestrator.definition.Triggers.DropFolder;
import dev.bes.orchestrator.run.InputFile;
import dev.bes.orchestrator.run.NewRun;
import dev.bes.orchestrator.run.ParametersTooLargeException;
import dev.bes.orchestrator.run.RunReader;
import dev.bes.orchestrator.run.Runs;
import dev.bes.orchestrator.run.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The ledger of the drop folders: every file taken, the run that it became, and where it lies now. */
@Component
class DroppedFiles {
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Runs runs;
    private final RunReader reader;
    private final InputFiles inputFiles;

    DroppedFiles(
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            Runs runs,
            RunReader reader,
            InputFiles inputFiles) {
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
        this.runs = runs;
        this.reader = reader;
        this.inputFiles = inputFiles;
    }

    /** Makes the run of a file that was just taken, and writes both down in one transaction. */
    void record(Definition definition, DropFolder drop, Path folder, UUID id, Path file) throws IOException {
        Taking taking = new Taking(id, definition, folder, String.valueOf(file.getFileName()), Files.size(file));
        NewRun run = NewRun.dropped(definition, "file:" + id, List.of());
        InputFile input = new InputFile(file.toString(), taking.name);
        try {
            write(
                    taking,
                    () -> runs.accept(run.with(inputFiles.scorings(definition, Map.of(drop.input(), input))))
                            .id());
        } catch (NoInputException | TemplateException | ParametersTooLargeException e) {
            // in a transaction of its own: the one that failed takes nothing more
            write(taking, () -> runs.reject(run, String.valueOf(e.getMessage())).id());
        }
    }

    private void write(Taking taking, LongSupplier run) {
        transaction.executeWithoutResult(status -> jdbc.sql("""
                INSERT INTO dropped_file (id, definition, folder, name, bytes, run_id)
                VALUES (:id, :definition, :folder, :name, :bytes, :run) ON CONFLICT DO NOTHING""")
                .param("id", taking.id)
                .param("definition", taking.definition.name())
                .param("folder", taking.folder.toString())
                .param("name", taking.name)
                .param("bytes", taking.bytes)
                .param("run", run.getAsLong())
                .update());
    }

    private record Taking(UUID id, Definition definition, Path folder, String name, long bytes) {}

    /** Whether the taking of a file was written down. */
    boolean knows(UUID id) {
        return jdbc.sql("SELECT EXISTS (SELECT FROM dropped_file WHERE id = :id)")
                .param("id", id)
                .query(Boolean.class)
                .single();
    }

    /** Moves the files of ended runs to the archive, or to the failed ones. */
    void putAway(Path folder, Complaints complaints) {
        List<Taken> processing = jdbc.sql(
                        "SELECT id, name, run_id FROM dropped_file WHERE folder = :folder AND place = 'processing'")
                .param("folder", folder.toString())
                .query((row, n) ->
                        new Taken(row.getObject("id", UUID.class), row.getString("name"), row.getLong("run_id")))
                .list();
        Map<Long, State> ended =
                reader.ended(processing.stream().map(Taken::run).toList());
        for (Taken taken : processing) {
            State state = ended.get(taken.run);
            if (state != null) {
                Path mine = folder.resolve(DropFolders.PROCESSING).resolve(taken.id.toString());
                String place = state == State.FINISHED ? "archive" : "failed";
                complaints.about(mine, () -> putAway(folder, mine, taken, place));
            }
        }
    }

    private void putAway(Path folder, Path mine, Taken taken, String place) throws IOException {
        Path target = Files.createDirectories(folder.resolve(place)).resolve(taken.run + "-" + SafeName.of(taken.name));
        try {
            Files.move(mine.resolve(taken.name), target, StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException e) {
            if (!Files.exists(target)) {
                throw e;
            }
        }
        Files.deleteIfExists(mine);
        jdbc.sql("UPDATE dropped_file SET place = :place, moved_at = clock_timestamp() WHERE id = :id")
                .param("place", place)
                .param("id", taken.id)
                .update();
    }

    private record Taken(UUID id, String name, long run) {}
}
