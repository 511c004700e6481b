package dev.bes.orchestrator.trigger.arrival;

import dev.bes.orchestrator.definition.Definition;
import dev.bes.orchestrator.definition.Definitions;
import dev.bes.orchestrator.definition.FileOptions.After;
import dev.bes.orchestrator.definition.FileOptions.ArchiveBy;
import dev.bes.orchestrator.definition.Triggers.Changed;
import dev.bes.orchestrator.definition.Triggers.DropFolder;
import dev.bes.orchestrator.definition.template.SafeName;
import dev.bes.orchestrator.definition.template.TemplateException;
import dev.bes.orchestrator.files.FileKind;
import dev.bes.orchestrator.files.FilePlacement;
import dev.bes.orchestrator.files.NotRegularFileException;
import dev.bes.orchestrator.files.RegularFile;
import dev.bes.orchestrator.run.State;
import dev.bes.orchestrator.run.acceptance.ParametersTooLargeException;
import dev.bes.orchestrator.run.query.RunReader;
import dev.bes.orchestrator.run.query.RunReader.StagedContent;
import dev.bes.orchestrator.run.query.RunView;
import dev.bes.orchestrator.text.Sha256;
import dev.bes.orchestrator.text.VisibleText;
import dev.bes.orchestrator.trigger.RunRefusedException;
import dev.bes.orchestrator.trigger.TriggerSettings;
import dev.bes.orchestrator.trigger.arrival.ledger.FileNames;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Moves the files of ended runs to {@code archive/} or {@code failed/}. A file that changed after it was scored goes to
 * {@code changed/}, or becomes another run.
 */
@Component
class FileArchiver {
    private static final Logger LOG = LoggerFactory.getLogger(FileArchiver.class);
    private static final String ARCHIVE = "archive";
    static final String CHANGED = "changed";
    /** The folders in a drop folder that belong to this service. */
    static final Set<String> FOLDERS = Set.of(ARCHIVE, "failed", CHANGED);

    private final DroppedFileLedger ledger;
    private final RunReader reader;
    private final Definitions definitions;
    private final Path root;

    FileArchiver(DroppedFileLedger ledger, RunReader reader, Definitions definitions, TriggerSettings settings) {
        this.ledger = ledger;
        this.reader = reader;
        this.definitions = definitions;
        this.root = settings.dropRoot();
    }

    /** Archives the files of drop folders that no definition names any more. */
    void archiveUnwatched(Collection<Path> watched, SettleDetector settleDetector, LogOnce logOnce) {
        ledger.folders().stream()
                .filter(folder -> !watched.contains(folder) && Files.isDirectory(folder))
                .forEach(folder -> logOnce.run(folder, () -> archive(folder, settleDetector, logOnce)));
    }

    /** Archives the files of a drop folder whose runs have ended. */
    void archive(Path folder, SettleDetector settleDetector, LogOnce logOnce) {
        logOnce.runAll(ledger.duplicates(folder), TakenFile::path, this::putAwayDuplicate);
        List<TakenFile> processing = ledger.processing(folder);
        Map<Long, State> ended =
                reader.ended(processing.stream().map(TakenFile::run).toList());
        List<Ended> done = new ArrayList<>();
        for (TakenFile taken : processing) {
            State state = ended.get(taken.run());
            if (state != null) {
                done.add(new Ended(taken, state));
            }
        }
        List<Ended> changed = Collections.synchronizedList(new ArrayList<>());
        logOnce.runAll(done, one -> one.taken.path(), one -> {
            if (!isArchived(one)) {
                changed.add(one);
            }
        });
        for (Ended one : changed) {
            logOnce.run(one.taken.path(), () -> handleChanged(one.taken, settleDetector));
        }
    }

    private void putAwayDuplicate(TakenFile taken) throws IOException {
        if (after(taken) != After.ARCHIVE) {
            Files.deleteIfExists(taken.path());
            removeEmpty(taken.ownFolder());
            ledger.recordDuplicate(taken, null);
        } else {
            ledger.recordDuplicate(taken, place(taken, archive(taken), "duplicate"));
        }
    }

    /** What its drop folder does with scored files. Of one that stays where it is, the copy is deleted. */
    private After after(TakenFile taken) {
        if (taken.version() != null) {
            return After.LEAVE;
        }
        boolean isDeleted = definitions.find(taken.definition()).stream()
                .flatMap(definition -> dropFolder(definition, taken).stream())
                .anyMatch(drop -> drop.rules().after() == After.DELETE);
        return isDeleted ? After.DELETE : After.ARCHIVE;
    }

    /** A file whose run has ended. */
    private record Ended(TakenFile taken, State state) {}

    /** Puts a file away; false if its content was changed since it was scored. */
    private boolean isArchived(Ended ended) throws IOException {
        TakenFile taken = ended.taken;
        if (ended.state != State.FINISHED) {
            quarantine(taken, "failed", failure(taken, ended.state));
            return true;
        }
        if (!FileKind.exists(taken.path()) || isAsScored(taken)) {
            After after = after(taken);
            if (after != After.ARCHIVE) {
                Files.deleteIfExists(taken.path());
                removeEmpty(taken.ownFolder());
                ledger.recordMove(taken, after == After.LEAVE ? "left" : "deleted", null, null);
            } else {
                ledger.recordMove(taken, ARCHIVE, place(taken, archive(taken), Long.toString(taken.run())), null);
            }
            return true;
        }
        return false;
    }

    /** Compares the content: a writer may change bytes without changing the size or the modification time. */
    private boolean isAsScored(TakenFile taken) throws IOException {
        Set<StagedContent> scored = reader.staged(taken.run(), taken.path().toString());
        try (RegularFile file = RegularFile.open(taken.path())) {
            long bytes = file.size();
            if (scored.stream().anyMatch(content -> content.bytes() != bytes)) {
                return false;
            }
            String sha256 = scored.isEmpty() ? "" : sha256(file);
            return scored.stream().allMatch(content -> content.sha256().equals(sha256));
        } catch (NotRegularFileException e) {
            return false;
        }
    }

    /** Waits until the file has settled: its writer may still be at work. */
    private void handleChanged(TakenFile taken, SettleDetector settleDetector) throws IOException {
        Definition definition = definitions.find(taken.definition()).orElse(null);
        Optional<DropFolder> drop = definition == null ? Optional.empty() : dropFolder(definition, taken);
        if (!settleDetector.isSettled(taken.path(), drop.map(DropFolder::settle).orElse(Duration.ZERO))) {
            return;
        }
        settleDetector.forget(taken.path());
        if (definition == null || drop.map(DropFolder::changed).orElse(null) != Changed.SCORE_AGAIN) {
            quarantine(taken);
        } else {
            try {
                ledger.scoreAgain(definition, drop.get(), taken);
                LOG.warn("{} was changed after run {} had scored it; it is scored again", shown(taken), taken.run());
            } catch (RunRefusedException.NoInput | TemplateException | ParametersTooLargeException e) {
                quarantine(taken);
            }
        }
    }

    private Optional<DropFolder> dropFolder(Definition definition, TakenFile taken) {
        return definition.triggers().files().stream()
                .filter(drop -> root.resolve(drop.folder()).equals(taken.folder()))
                .findFirst();
    }

    private void quarantine(TakenFile taken) throws IOException {
        Path target = quarantine(
                taken,
                CHANGED,
                "it was changed after run %d had scored it: the delivered outputs belong to its earlier content"
                        .formatted(taken.run()));
        LOG.warn(
                "{} was changed after run {} had scored it: the delivered outputs belong to its earlier content. It was moved to"
                        + " {}; move it to the drop folder to score it. Let senders write elsewhere and rename, or raise 'settle'",
                shown(taken),
                taken.run(),
                target);
    }

    private static String shown(TakenFile taken) {
        return "Dropped file '" + VisibleText.name(taken.name()) + "'";
    }

    private String failure(TakenFile taken, State state) {
        String cause = reader.find(taken.run()).map(RunView::cause).orElse(null);
        return "run %d %s".formatted(taken.run(), state == State.CANCELLED ? "was cancelled" : "has failed")
                + (cause == null ? "" : ": " + cause);
    }

    /** Moves a file to a folder for files that people should look at, and says beside it why. */
    private Path quarantine(TakenFile taken, String folder, String reason) throws IOException {
        Path placed = place(taken, List.of(folder), Long.toString(taken.run()));
        QuarantinedFiles.writeReason(placed, VisibleText.lines(reason));
        ledger.recordMove(taken, folder, placed, reason);
        return placed;
    }

    /** The folders of the archive, one in the other. By the time at which a file was taken, so that each node finds the same. */
    private List<String> archive(TakenFile taken) {
        ArchiveBy by = definitions.find(taken.definition()).stream()
                .flatMap(definition -> dropFolder(definition, taken).stream())
                .map(drop -> drop.rules().archiveBy())
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        Instant at = taken.at();
        List<String> folders = new ArrayList<>(List.of(ARCHIVE));
        if (by != null && at != null) {
            folders.addAll(by.folders(at));
        }
        return folders;
    }

    private static Path place(TakenFile taken, List<String> folders, String prefix) throws IOException {
        Path folder = taken.folder();
        for (String name : folders) {
            folder = FilePlacement.folder(folder, name);
        }
        for (String name : FileNames.folders(taken.name())) {
            folder = FilePlacement.folder(folder, name);
        }
        Path target = folder.resolve(prefix + "-" + SafeName.of(taken.fileName()));
        Path placed;
        try {
            placed = FilePlacement.move(taken.path(), target, FilePlacement.Already.SAME_FILE)
                    .path();
        } catch (NoSuchFileException e) {
            // another node moved it, or this one before a crash, to the first free name
            placed = FilePlacement.lastTaken(target);
            if (placed == null) {
                throw e;
            }
        }
        removeEmpty(taken.ownFolder());
        return placed;
    }

    private static void removeEmpty(Path folder) throws IOException {
        try {
            Files.deleteIfExists(folder);
        } catch (DirectoryNotEmptyException e) {
            LOG.warn("{} contains more than the taken file; it is not removed", VisibleText.name(folder.toString()));
        }
    }

    /** Hash of a file, in hexadecimal. */
    static String sha256(Path path) throws IOException {
        try (RegularFile file = RegularFile.open(path)) {
            return sha256(file);
        }
    }

    private static String sha256(RegularFile file) throws IOException {
        Sha256 hash = new Sha256();
        try (InputStream in = file.stream()) {
            byte[] block = new byte[1024 * 1024];
            for (int read = in.read(block); read >= 0; read = in.read(block)) {
                hash.add(block, 0, read);
            }
        }
        return hash.hex();
    }
}
