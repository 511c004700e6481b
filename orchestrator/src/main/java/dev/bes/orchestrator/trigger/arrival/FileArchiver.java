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
 * Moves the files of ended runs to the archive, or to the failed ones. What goes to the archive is what was scored: a file that somebody
 * wrote to afterwards goes to a folder of its own, or becomes another run.
 */
@Component
class FileArchiver {
    private static final Logger LOG = LoggerFactory.getLogger(FileArchiver.class);
    static final String CHANGED = "changed";
    /** The folders of a drop folder that are ours. */
    static final Set<String> PLACES = Set.of("archive", "failed", CHANGED);

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

    /** The same for the drop folders that no definition looks into any more. */
    void putAwayElsewhere(Collection<Path> known, SettleDetector settleDetector, LogOnce logOnce) {
        ledger.folders().stream()
                .filter(folder -> !known.contains(folder) && Files.isDirectory(folder))
                .forEach(folder -> logOnce.about(folder, () -> putAway(folder, settleDetector, logOnce)));
    }

    /** Puts away what may be put away of a drop folder. */
    void putAway(Path folder, SettleDetector settleDetector, LogOnce logOnce) {
        List<TakenFile> processing = ledger.processing(folder);
        Map<Long, State> ended =
                reader.ended(processing.stream().map(TakenFile::run).toList());
        for (TakenFile taken : processing) {
            State state = ended.get(taken.run());
            if (state != null) {
                logOnce.about(taken.path(), () -> putAway(taken, state, settleDetector));
            }
        }
    }

    private void putAway(TakenFile taken, State state, SettleDetector settleDetector) throws IOException {
        if (state != State.FINISHED) {
            move(taken, "failed");
        } else if (!FileKind.exists(taken.path()) || isAsScored(taken)) {
            move(taken, "archive");
        } else {
            changed(taken, settleDetector);
        }
    }

    /** Read to its end once more: a writer that goes on changes bytes, not always the size or a time that can be trusted. */
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

    /** Not before it has come to rest: who writes to it now may not be done. */
    private void changed(TakenFile taken, SettleDetector settleDetector) throws IOException {
        Definition definition = definitions.find(taken.definition()).orElse(null);
        Optional<DropFolder> drop = definition == null
                ? Optional.empty()
                : definition.triggers().files().stream()
                        .filter(d -> root.resolve(d.folder()).equals(taken.folder()))
                        .findFirst();
        if (!settleDetector.isStill(taken.path(), drop.map(DropFolder::settle).orElse(Duration.ZERO))) {
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
        Path place = move(taken, CHANGED);
        LOG.warn(
                "{} was changed after run {} had scored it: what is delivered is of its earlier content. It lies in {}; to have it"
                        + " scored, move it to the drop folder again. Let senders write elsewhere and rename, or raise 'settle'",
                shown(taken),
                taken.run(),
                place);
    }

    private static String shown(TakenFile taken) {
        return "Dropped file '" + VisibleText.name(taken.name()) + "'";
    }

    private Path move(TakenFile taken, String place) throws IOException {
        Path target =
                FilePlacement.folder(taken.folder(), place).resolve(taken.run() + "-" + SafeName.of(taken.name()));
        Path placed;
        try {
            placed = FilePlacement.move(taken.path(), target, FilePlacement.Already.SAME_FILE)
                    .path();
        } catch (NoSuchFileException e) {
            // by another node, or by one that died before it could write that down: it took the first place that was
            // free
            placed = FilePlacement.lastTaken(target);
            if (placed == null) {
                throw e;
            }
        }
        removeEmpty(taken.ownFolder());
        ledger.settle(taken, place, placed);
        return placed;
    }

    private static void removeEmpty(Path folder) throws IOException {
        try {
            Files.deleteIfExists(folder);
        } catch (DirectoryNotEmptyException e) {
            LOG.warn("{} holds more than the file that was put there; it stays", VisibleText.name(folder.toString()));
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
