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
import dev.bes.orchestrator.trigger.arrival.ledger.FoundFile;
import dev.bes.orchestrator.trigger.arrival.ledger.LyingFiles;
import dev.bes.orchestrator.trigger.arrival.ledger.Sightings;
import dev.bes.orchestrator.trigger.arrival.ledger.TakenVersions;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
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
    private final Map<Path, Watched> watched = new HashMap<>();
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

    /** What this node remembers of a drop folder. */
    private record Watched(Sightings seen, SettleDetector settling) {}

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
        if (!watched.keySet().equals(folders.keySet())) {
            watched.keySet().retainAll(folders.keySet());
            logOnce.run(
                    settings.dropRoot(),
                    () -> lyingFiles.unwatched(
                            folders.keySet().stream().map(Path::toString).toList(), false));
        }
        folders.forEach((folder, triggers) -> logOnce.run(folder, () -> scan(folder, triggers, folders.keySet())));
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

    private void scan(Path folder, List<FileTrigger> triggers, Set<Path> drops) throws IOException {
        create(folder);
        Watched memory = watched.computeIfAbsent(folder, this::read);
        Sightings seen = memory.seen;
        seen.begin(triggers.stream().map(trigger -> trigger.drop().toString()).toList());
        boolean recursive =
                triggers.stream().anyMatch(trigger -> trigger.drop().rules().includesSubFolders());
        List<FoundFile> files = new FolderList(folder, recursive, drops, seen, logOnce).files();
        memory.settling.keepOnly(files.stream().map(FoundFile::path).collect(Collectors.toSet()));
        FolderScan scan = new FolderScan(triggers, files, seen, memory.settling, admissionControl, logOnce);
        files.forEach(file -> logOnce.run(file.path(), () -> scan.consider(file)));
        if (!shared.isThere(SharedFolder.DROP_ROOT)) {
            // it went away since the scan began: what was not found may still be there
            return;
        }
        seen.end();
        taker.take(folder, scan.ready(), seen, logOnce);
        if (!scan.groups().isEmpty() && !admissionControl.isFull()) {
            taker.takeDueGroups(folder, scan.groups(), seen, logOnce);
        }
        triggers.stream()
                .collect(Collectors.groupingBy(FileTrigger::definition, LinkedHashMap::new, Collectors.toList()))
                .forEach((definition, own) -> abandoned.recover(
                        definition, folder, own.stream().map(FileTrigger::drop).toList(), clock.instant(), logOnce));
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

    private Watched read(Path folder) {
        return new Watched(
                new Sightings(folder.toString(), null, lyingFiles, versions), new SettleDetector(System::nanoTime));
    }
}
