package dev.bes.orchestrator.trigger.arrival;

import dev.bes.orchestrator.definition.Definition;
import dev.bes.orchestrator.definition.Definitions;
import dev.bes.orchestrator.definition.Triggers.DropFolder;
import dev.bes.orchestrator.node.Heartbeat;
import dev.bes.orchestrator.node.file.FileOperations;
import dev.bes.orchestrator.node.folder.SharedFolder;
import dev.bes.orchestrator.node.folder.SharedFolders;
import dev.bes.orchestrator.trigger.AdmissionControl;
import dev.bes.orchestrator.trigger.TriggerSettings;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Polls the drop folders. It announces a settled file in the ledger, moves it to the processing folder and makes a run of it;
 * only one node can move it. Files wait while too many scorings are unfinished. When the run has ended, the file goes to the
 * archive. Files that are not taken are logged with the reason.
 */
@Component
class DropFolderPoller {
    private static final Logger LOG = LoggerFactory.getLogger(DropFolderPoller.class);
    /** A writer may use a temporary name and rename the file. */
    private static final Duration RENAME_GRACE = Duration.ofSeconds(15);

    private final Definitions definitions;
    private final DroppedFileLedger ledger;
    private final ProcessingFolder work;
    private final AbandonedFileRecovery abandoned;
    private final FileArchiver fileArchiver;
    private final SkippedFiles skippedFiles;
    private final Heartbeat heartbeat;
    private final AdmissionControl admissionControl;
    private final TriggerSettings settings;
    private final SharedFolders shared;
    private final FileOperations fileOperations;
    private final InstantSource clock;
    private final LogOnce logOnce;
    private final SettleDetector settleDetector = new SettleDetector(System::nanoTime);

    DropFolderPoller(
            Definitions definitions,
            DroppedFileLedger ledger,
            ProcessingFolder work,
            AbandonedFileRecovery abandoned,
            FileArchiver fileArchiver,
            SkippedFiles skippedFiles,
            Heartbeat heartbeat,
            AdmissionControl admissionControl,
            SharedFolders shared,
            FileOperations fileOperations,
            TriggerSettings settings,
            InstantSource clock) {
        this.definitions = definitions;
        this.ledger = ledger;
        this.work = work;
        this.abandoned = abandoned;
        this.fileArchiver = fileArchiver;
        this.skippedFiles = skippedFiles;
        this.heartbeat = heartbeat;
        this.admissionControl = admissionControl;
        this.shared = shared;
        this.fileOperations = fileOperations;
        this.settings = settings;
        this.clock = clock;
        this.logOnce = new LogOnce(clock, fileOperations::moved);
    }

    /** A definition and one of its drop folders. */
    private record FileTrigger(Definition definition, DropFolder drop) {}

    /** Scans every drop folder once. A failure with one file or folder does not stop the others. */
    @Scheduled(fixedDelayString = "${orchestrator.trigger.scan-interval:1s}", scheduler = "dropFolderScheduler")
    void scan() {
        if (!heartbeat.fit()) {
            // a taken file must be recorded in the database
            return;
        }
        try (FileOperations.Operation _ =
                fileOperations.begin("Scanning the drop folders under " + settings.dropRoot())) {
            if (shared.isThere(SharedFolder.DROP_ROOT)) {
                scanAll();
            }
        }
    }

    private void scanAll() {
        logOnce.nextRound();
        Map<Path, List<FileTrigger>> folders = folders();
        folders.forEach((folder, triggers) -> logOnce.run(folder, () -> scan(folder, triggers)));
        logOnce.run(
                settings.dropRoot(), () -> fileArchiver.archiveUnwatched(folders.keySet(), settleDetector, logOnce));
        abandoned.logUnknown(folders.keySet(), clock.instant(), logOnce);
        skippedFiles.publish(logOnce.due());
    }

    private Map<Path, List<FileTrigger>> folders() {
        Map<Path, List<FileTrigger>> folders = new LinkedHashMap<>();
        for (Definition definition : definitions.all()) {
            for (DropFolder drop : definition.triggers().files()) {
                Path folder = settings.dropRoot().resolve(drop.folder());
                folders.computeIfAbsent(folder, f -> new ArrayList<>()).add(new FileTrigger(definition, drop));
            }
        }
        return folders;
    }

    private void scan(Path folder, List<FileTrigger> triggers) throws IOException {
        Files.createDirectories(folder);
        SkipReason skipReason = new SkipReason(
                triggers.stream().map(trigger -> trigger.drop.pattern()).toList());
        Set<Path> files = files(folder);
        settleDetector.keepOnly(folder, files);
        for (Path file : files) {
            logOnce.run(file, () -> process(folder, file, triggers, skipReason));
        }
        triggers.stream()
                .collect(Collectors.groupingBy(FileTrigger::definition, LinkedHashMap::new, Collectors.toList()))
                .forEach((definition, drops) -> abandoned.recover(
                        definition,
                        folder,
                        drops.stream().map(FileTrigger::drop).toList(),
                        logOnce));
        fileArchiver.archive(folder, settleDetector, logOnce);
    }

    private void process(Path folder, Path file, List<FileTrigger> triggers, SkipReason skipReason) throws IOException {
        FileTrigger trigger =
                triggers.stream().filter(l -> l.drop.matches(file)).findFirst().orElse(null);
        if (trigger == null) {
            logOnce.log(file, skipReason.byName(String.valueOf(file.getFileName())), RENAME_GRACE);
            return;
        }
        try {
            if (isReady(file, trigger.drop)) {
                take(trigger, folder, file);
            }
        } catch (NoSuchFileException e) {
            LOG.debug("{} was taken by another node or removed", file);
        }
    }

    private boolean isReady(Path file, DropFolder drop) throws IOException {
        if (!settleDetector.isSettled(file, drop.settle())) {
            String changing =
                    "it keeps changing: it is taken after its size and modification time have not changed for "
                            + drop.settle().toSeconds() + " s ('settle')";
            logOnce.log(file, changing, LogOnce.WAITING_GRACE.plus(drop.settle()));
            return false;
        }
        if (admissionControl.isFull()) {
            String waiting = "it waits, because " + admissionControl.limit()
                    + " scorings are unfinished (orchestrator.trigger.max-unfinished); it is taken when there are fewer";
            logOnce.log(file, waiting, LogOnce.WAITING_GRACE);
            return false;
        }
        String reason = SkipReason.byAccess(file);
        if (reason != null) {
            logOnce.log(file, reason, RENAME_GRACE);
        }
        return reason == null;
    }

    private void take(FileTrigger trigger, Path folder, Path file) throws IOException {
        UUID id = UUID.randomUUID();
        String name = String.valueOf(file.getFileName());
        Path ownFolder = work.open(folder, id);
        TakenFile taken = new TakenFile(id, trigger.definition.name(), folder, name, 0, ownFolder.resolve(name));
        try {
            ledger.announce(taken);
            work.take(file, folder, taken.path());
        } catch (AtomicMoveNotSupportedException e) {
            withdraw(taken, ownFolder);
            LOG.info(
                    "{} is on another disk than the drop root: its files are processed in {}",
                    folder,
                    work.all(folder));
            return;
        } catch (IOException | RuntimeException e) {
            withdraw(taken, ownFolder);
            throw e;
        }
        ledger.record(trigger.definition, trigger.drop, taken);
    }

    /** Removes the folder before the row: afterwards no file can be moved there without a row. */
    private void withdraw(TakenFile taken, Path ownFolder) throws IOException {
        Files.deleteIfExists(ownFolder);
        ledger.forget(taken.id());
    }

    /** The files that may be taken, whatever their name, oldest first. Logs the other entries. */
    private Set<Path> files(Path folder) throws IOException {
        List<FoundFile> found = new ArrayList<>();
        try (Stream<Path> entries = Files.list(folder)) {
            entries.filter(path -> !isReserved(path)).forEach(path -> logOnce.run(path, () -> file(path, found)));
        }
        return found.stream()
                .sorted(Comparator.comparing(FoundFile::changed).thenComparing(FoundFile::file))
                .map(FoundFile::file)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private void file(Path path, List<FoundFile> found) throws IOException {
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            String reason = SkipReason.byType(path, attributes);
            if (reason == null) {
                found.add(new FoundFile(path, attributes.lastModifiedTime().toMillis()));
            } else {
                logOnce.log(path, reason, RENAME_GRACE);
            }
        } catch (NoSuchFileException e) {
            LOG.debug("{} was taken by another node or removed", path);
        }
    }

    private record FoundFile(Path file, long changed) {}

    /** Whether it is a folder of this service, or contains another drop folder. */
    private boolean isReserved(Path path) {
        String name = String.valueOf(path.getFileName());
        if (name.startsWith(SharedFolders.MARKER)) {
            return true;
        }
        boolean reserved = FileArchiver.FOLDERS.contains(name) || name.equals(ProcessingFolder.NAME);
        return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)
                && (reserved
                        || folders().keySet().stream()
                                .anyMatch(drop -> drop.normalize().startsWith(path.normalize())));
    }
}
