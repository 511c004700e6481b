package dev.bes.orchestrator.trigger.arrival;

import dev.bes.orchestrator.definition.Definition;
import dev.bes.orchestrator.definition.Definitions;
import dev.bes.orchestrator.definition.Triggers.Changed;
import dev.bes.orchestrator.definition.Triggers.DropFolder;
import dev.bes.orchestrator.definition.template.TemplateException;
import dev.bes.orchestrator.files.FileKind;
import dev.bes.orchestrator.files.NotRegularFileException;
import dev.bes.orchestrator.files.RegularFile;
import dev.bes.orchestrator.run.State;
import dev.bes.orchestrator.run.acceptance.ParametersTooLargeException;
import dev.bes.orchestrator.run.query.RunReader;
import dev.bes.orchestrator.run.query.RunReader.FileOfRun;
import dev.bes.orchestrator.run.query.RunReader.StagedContent;
import dev.bes.orchestrator.run.query.RunView;
import dev.bes.orchestrator.text.Sha256;
import dev.bes.orchestrator.text.VisibleText;
import dev.bes.orchestrator.trigger.RunRefusedException;
import dev.bes.orchestrator.trigger.arrival.DroppedFileLedger.PutAway;
import dev.bes.orchestrator.trigger.arrival.FileRuns.Moved;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
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
    private static final int SET = 50;
    private static final int BLOCK = 1024 * 1024;

    private final DroppedFileLedger ledger;
    private final FileRuns runs;
    private final ArchiveFolders archive;
    private final RunReader reader;
    private final Definitions definitions;

    FileArchiver(
            DroppedFileLedger ledger,
            FileRuns runs,
            ArchiveFolders archive,
            RunReader reader,
            Definitions definitions) {
        this.ledger = ledger;
        this.runs = runs;
        this.archive = archive;
        this.reader = reader;
        this.definitions = definitions;
    }

    /** Archives the files of drop folders that no definition names any more. */
    void archiveUnwatched(Collection<Path> watched, SettleDetector settleDetector, LogOnce logOnce) {
        ledger.folders().stream()
                .filter(folder -> !watched.contains(folder) && Files.isDirectory(folder))
                .forEach(folder -> logOnce.run(folder, () -> archive(folder, settleDetector, logOnce)));
    }

    /** Archives the files of a drop folder whose runs have ended. What became of a set of them is one statement. */
    void archive(Path folder, SettleDetector settleDetector, LogOnce logOnce) {
        for (List<TakenFile> set : sets(ledger.duplicates(folder))) {
            putAway(set, archive::duplicate, logOnce);
        }
        Map<UUID, Long> processing = ledger.processing(folder);
        Map<Long, State> ended =
                reader.ended(processing.values().stream().distinct().toList());
        List<UUID> over = processing.entrySet().stream()
                .filter(file -> ended.containsKey(file.getValue()))
                .map(Map.Entry::getKey)
                .toList();
        for (List<UUID> set : sets(over)) {
            List<TakenFile> files = ledger.processing(set);
            Map<FileOfRun, Set<StagedContent>> staged = reader.staged(
                    files.stream().map(FileArchiver::ofRun).toList());
            putAway(
                    files,
                    taken -> ended.get(taken.run()) == State.FINISHED
                            ? finished(taken, staged.getOrDefault(ofRun(taken), Set.of()), settleDetector)
                            : archive.quarantine(taken, ArchiveFolders.FAILED, failure(taken)),
                    logOnce);
        }
    }

    private static FileOfRun ofRun(TakenFile taken) {
        return new FileOfRun(taken.run(), taken.path().toString());
    }

    private static <T> List<List<T>> sets(List<T> all) {
        return IntStream.iterate(0, from -> from < all.size(), from -> from + SET)
                .mapToObj(from -> all.subList(from, Math.min(from + SET, all.size())))
                .toList();
    }

    /** What becomes of one file; null if it stays where it is. */
    @FunctionalInterface
    private interface Decision {
        @Nullable
        PutAway of(TakenFile taken) throws IOException;
    }

    private void putAway(List<TakenFile> set, Decision decision, LogOnce logOnce) {
        List<PutAway> done = new ArrayList<>();
        for (TakenFile taken : set) {
            logOnce.run(taken.path(), () -> {
                PutAway away = decision.of(taken);
                if (away != null) {
                    done.add(away);
                }
            });
        }
        logOnce.runSet(done, away -> away.taken().path(), ledger::putAway);
    }

    /** Puts a scored file away; null if it was changed since, and stays where it is. */
    private @Nullable PutAway finished(TakenFile taken, Set<StagedContent> scored, SettleDetector settleDetector)
            throws IOException {
        return !FileKind.exists(taken.path()) || isAsScored(taken, scored)
                ? archive.scored(taken)
                : changed(taken, settleDetector);
    }

    /** Compares the content: a writer may change bytes without changing the size or the modification time. */
    private static boolean isAsScored(TakenFile taken, Set<StagedContent> scored) throws IOException {
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
    private @Nullable PutAway changed(TakenFile taken, SettleDetector settleDetector) throws IOException {
        Definition definition = definitions.find(taken.definition()).orElse(null);
        Optional<DropFolder> drop = archive.dropFolder(taken);
        if (!settleDetector.isSettled(taken.path(), drop.map(DropFolder::settle).orElse(Duration.ZERO))) {
            return null;
        }
        settleDetector.forget(taken.path());
        if (definition == null || drop.map(DropFolder::changed).orElse(null) != Changed.SCORE_AGAIN) {
            return quarantine(taken);
        }
        try {
            runs.scoreAgain(new Moved(definition, drop.get(), taken));
            LOG.warn("{} was changed after run {} had scored it; it is scored again", shown(taken), taken.run());
            return null;
        } catch (RunRefusedException.NoInput | TemplateException | ParametersTooLargeException e) {
            return quarantine(taken);
        }
    }

    private PutAway quarantine(TakenFile taken) throws IOException {
        PutAway changed = archive.quarantine(
                taken,
                ArchiveFolders.CHANGED,
                "it was changed after run %d had scored it: the delivered outputs belong to its earlier content"
                        .formatted(taken.run()));
        LOG.warn(
                "{} was changed after run {} had scored it: the delivered outputs belong to its earlier content. It was moved to"
                        + " {}; move it to the drop folder to score it. Let senders write elsewhere and rename, or raise 'settle'",
                shown(taken),
                taken.run(),
                changed.path());
        return changed;
    }

    private static String shown(TakenFile taken) {
        return "Dropped file '" + VisibleText.name(taken.name()) + "'";
    }

    private String failure(TakenFile taken) {
        Optional<RunView> run = reader.find(taken.run());
        boolean isCancelled = run.map(RunView::state).orElse(null) == State.CANCELLED;
        String cause = run.map(RunView::cause).orElse(null);
        return "run %d %s".formatted(taken.run(), isCancelled ? "was cancelled" : "has failed")
                + (cause == null ? "" : ": " + cause);
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
            // many files are small, and each gets one
            byte[] block = new byte[Math.clamp(file.size(), 1, BLOCK)];
            for (int read = in.read(block); read >= 0; read = in.read(block)) {
                hash.add(block, 0, read);
            }
        }
        return hash.hex();
    }
}
