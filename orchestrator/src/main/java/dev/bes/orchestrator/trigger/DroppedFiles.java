package dev.bes.orchestrator.trigger;

import dev.bes.orchestrator.definition.Definition;
import dev.bes.orchestrator.definition.SafeName;
import dev.bes.orchestrator.definition.TemplateException;
import dev.bes.orchestrator.definition.Triggers.DropFolder;
import dev.bes.orchestrator.run.InputFile;
import dev.bes.orchestrator.run.NewRun;
import dev.bes.orchestrator.run.RunReader;
import dev.bes.orchestrator.run.Runs;
import dev.bes.orchestrator.run.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The ledger of the drop folders: every file taken, the run that it became, and where it lies now. */
@Component
class DroppedFiles {
    // a node between moving a file and recording it must have long done so, or be dead
    private static final Duration ABANDONED = Duration.ofSeconds(30);

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Runs runs;
    private final RunReader reader;
    private final InputFiles inputFiles;
    private final InstantSource clock;

    DroppedFiles(
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            Runs runs,
            RunReader reader,
            InputFiles inputFiles,
            InstantSource clock) {
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
        this.runs = runs;
        this.reader = reader;
        this.inputFiles = inputFiles;
        this.clock = clock;
    }

    /** Makes the run of a file that was just taken, and writes both down in one transaction. */
    void record(Definition definition, DropFolder drop, Path folder, UUID id, Path file) throws IOException {
        long bytes = Files.size(file);
        String name = String.valueOf(file.getFileName());
        transaction.executeWithoutResult(status -> {
            long run = run(definition, drop, id, new InputFile(file.toString(), name));
            jdbc.sql("""
                    INSERT INTO dropped_file (id, definition, folder, name, bytes, run_id)
                    VALUES (:id, :definition, :folder, :name, :bytes, :run) ON CONFLICT DO NOTHING""")
                    .param("id", id)
                    .param("definition", definition.name())
                    .param("folder", folder.toString())
                    .param("name", name)
                    .param("bytes", bytes)
                    .param("run", run)
                    .update();
        });
    }

    private long run(Definition definition, DropFolder drop, UUID id, InputFile file) {
        NewRun run = NewRun.dropped(definition, "file:" + id, List.of());
        try {
            return runs.accept(run.with(inputFiles.scorings(definition, Map.of(drop.input(), file))))
                    .id();
        } catch (NoInputException | TemplateException e) {
            return runs.reject(run, String.valueOf(e.getMessage())).id();
        }
    }

    /** Records files that a node took and then died before it could write that down. */
    void adopt(Definition definition, DropFolder drop, Path folder) throws IOException {
        Instant before = clock.instant().minus(ABANDONED);
        try (Stream<Path> taken = Files.list(folder.resolve(DropFolders.PROCESSING))) {
            for (Path mine : taken.toList()) {
                if (Files.getLastModifiedTime(mine).toInstant().isBefore(before) && !isRecorded(mine)) {
                    adopt(definition, drop, folder, mine);
                }
            }
        } catch (NoSuchFileException e) {
            // put away by somebody else while we looked
        }
    }

    private void adopt(Definition definition, DropFolder drop, Path folder, Path mine) throws IOException {
        try (Stream<Path> files = Files.list(mine)) {
            for (Path file : files.toList()) {
                record(
                        definition,
                        drop,
                        folder,
                        UUID.fromString(mine.getFileName().toString()),
                        file);
            }
        }
    }

    private boolean isRecorded(Path mine) {
        return jdbc.sql("SELECT EXISTS (SELECT FROM dropped_file WHERE id = :id)")
                .param("id", UUID.fromString(mine.getFileName().toString()))
                .query(Boolean.class)
                .single();
    }

    /** Moves the files of ended runs to the archive, or to the failed ones. */
    void putAway(Path folder) throws IOException {
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
                putAway(folder, taken, state == State.FINISHED ? "archive" : "failed");
            }
        }
    }

    private void putAway(Path folder, Taken taken, String place) throws IOException {
        Path mine = folder.resolve(DropFolders.PROCESSING).resolve(taken.id.toString());
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
