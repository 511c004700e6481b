package dev.bes.orchestrator.trigger.arrival;

import dev.bes.orchestrator.definition.Definition;
import dev.bes.orchestrator.definition.Definitions;
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
import dev.bes.orchestrator.text.Sha256;
import dev.bes.orchestrator.text.VisibleText;
import dev.bes.orchestrator.trigger.RunRefusedException;
import dev.bes.orchestrator.trigger.TriggerSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
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
    static final String CHANGED = "changed";
    /** The folders in a drop folder that belong to this service. */
    static final Set<String> FOLDERS = Set.of("archive", "failed", CHANGED);

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
        List<TakenFile> processing = ledger.processing(folder);
        Map<Long, State> ended =
                reader.ended(processing.stream().map(TakenFile::run).toList());
        for (TakenFile taken : processing) {
            State state = ended.get(taken.run());
            if (state != null) {
                logOnce.run(taken.path(), () -> archive(taken, state, settleDetector));
            }
        }
    }

    private void archive(TakenFile taken, State state, SettleDetector settleDetector) throws IOException {
        if (state != State.FINISHED) {
            move(taken, "failed");
        } else if (!FileKind.exists(taken.path()) || isAsScored(taken)) {
            move(taken, "archive");
        } else {
            handleChanged(taken, settleDetector);
        }
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
        Optional<DropFolder> drop = definition == null
                ? Optional.empty()
                : definition.triggers().files().stream()
                        .filter(d -> root.resolve(d.folder()).equals(taken.folder()))
                        .findFirst();
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

    private void quarantine(TakenFile taken) throws IOException {
        Path target = move(taken, CHANGED);
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

    private Path move(TakenFile taken, String folder) throws IOException {
        Path target =
                FilePlacement.folder(taken.folder(), folder).resolve(taken.run() + "-" + SafeName.of(taken.name()));
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
        ledger.recordMove(taken, folder, placed);
        return placed;
    }

    private static void removeEmpty(Path folder) throws IOException {
        try {
            Files.deleteIfExists(folder);
        } catch (DirectoryNotEmptyException e) {
            LOG.warn("{} contains more than the taken file; it is not removed", VisibleText.name(folder.toString()));
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
