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
import dev.bes.orchestrator.trigger.arrival.FileTaker.FileTrigger;
import dev.bes.orchestrator.trigger.arrival.ledger.FileState;
import dev.bes.orchestrator.trigger.arrival.ledger.FoundFile;
import dev.bes.orchestrator.trigger.arrival.ledger.LyingFiles;
import dev.bes.orchestrator.trigger.arrival.ledger.Sightings;
import dev.bes.orchestrator.trigger.arrival.ledger.TakenVersions;
import dev.bes.orchestrator.trigger.arrival.rule.SkipReason;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Polls the drop folders. It notes every entry in the ledger with its state, and hands settled files to {@link FileTaker}. Files
 * wait while too many scorings are unfinished. When the run has ended, the file goes to the archive. Entries that are not taken
 * are noted and logged with the reason.
 */
@Component
class DropFolderPoller {
    private static final Logger LOG = LoggerFactory.getLogger(DropFolderPoller.class);

    private final Definitions definitions;
    private final LyingFiles lyingFiles;
    private final TakenVersions versions;
    private final FileTaker taker;
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
    private final Map<Path, Sightings> sightings = new HashMap<>();
    private final SettleDetector settleDetector = new SettleDetector(System::nanoTime);

    DropFolderPoller(
            Definitions definitions,
            LyingFiles lyingFiles,
            TakenVersions versions,
            FileTaker taker,
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
        this.lyingFiles = lyingFiles;
        this.versions = versions;
        this.taker = taker;
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
        if (!sightings.keySet().equals(folders.keySet())) {
            sightings.keySet().retainAll(folders.keySet());
            logOnce.run(
                    settings.dropRoot(),
                    () -> lyingFiles.unwatched(
                            folders.keySet().stream().map(Path::toString).toList(), false));
        }
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
        create(folder);
        Sightings seen = sightings.computeIfAbsent(folder, this::read);
        seen.begin(triggers.stream().map(trigger -> trigger.drop().toString()).toList());
        List<FoundFile> files = files(folder, seen);
        settleDetector.keepOnly(folder, files.stream().map(FoundFile::path).collect(Collectors.toSet()));
        FolderScan scan = new FolderScan(triggers, files, seen, settleDetector, admissionControl, logOnce);
        files.forEach(file -> logOnce.run(file.path(), () -> scan.consider(file)));
        seen.end();
        taker.take(folder, scan.ready(), seen, logOnce);
        if (!scan.groups().isEmpty() && !admissionControl.isFull()) {
            taker.takeDueGroups(folder, scan.groups(), seen, logOnce);
        }
        triggers.stream()
                .collect(Collectors.groupingBy(FileTrigger::definition, LinkedHashMap::new, Collectors.toList()))
                .forEach((definition, drops) -> abandoned.recover(
                        definition,
                        folder,
                        drops.stream().map(FileTrigger::drop).toList(),
                        clock.instant(),
                        logOnce));
        fileArchiver.archive(folder, settleDetector, logOnce);
    }

    /** Creates what is missing of a folder below the root. Never the root: without it, its disk may be away. */
    private void create(Path folder) throws IOException {
        Path existing = settings.dropRoot();
        for (Path name : existing.relativize(folder)) {
            existing = existing.resolve(name);
            if (!Files.isDirectory(existing)) {
                try {
                    Files.createDirectory(existing);
                } catch (FileAlreadyExistsException e) {
                    LOG.debug("{} was created by another node", existing);
                }
            }
        }
    }

    private Sightings read(Path folder) {
        return new Sightings(folder.toString(), null, lyingFiles, versions);
    }

    /** The files that may be taken, whatever their name, oldest first. Notes the other entries. */
    private List<FoundFile> files(Path folder, Sightings seen) throws IOException {
        List<FoundFile> found = new ArrayList<>();
        try (Stream<Path> entries = Files.list(folder)) {
            entries.forEach(path -> logOnce.run(path, () -> file(path, found, seen)));
        }
        found.sort(Comparator.comparing(FoundFile::modified).thenComparing(FoundFile::path));
        return found;
    }

    private void file(Path path, List<FoundFile> found, Sightings seen) throws IOException {
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (isReserved(path, attributes.isDirectory())) {
                return;
            }
            FoundFile file = FoundFile.of(path, attributes);
            String reason = SkipReason.byType(path, attributes);
            if (reason == null) {
                found.add(file);
            } else {
                seen.saw(file.row(null, FileState.IGNORED, reason));
                logOnce.log(path, reason, FolderScan.RENAME_GRACE);
            }
        } catch (NoSuchFileException e) {
            LOG.debug("{} was taken by another node or removed", path);
        }
    }

    /** Whether it is a folder of this service, or contains another drop folder. */
    private boolean isReserved(Path path, boolean isFolder) {
        String name = String.valueOf(path.getFileName());
        if (name.startsWith(SharedFolders.MARKER)) {
            return true;
        }
        return isFolder
                && (FileArchiver.FOLDERS.contains(name)
                        || name.equals(ProcessingFolder.NAME)
                        || folders().keySet().stream()
                                .anyMatch(drop -> drop.normalize().startsWith(path.normalize())));
    }
}
