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
 * Looks into the drop folders again and again. A file that has come to rest is announced in the ledger and claimed by moving it, which
 * only one node can do; then it becomes a run, unless too much is unended for that; when the run has ended the file is put away.
 * Whatever else lies there is named, with the reason.
 */
@Component
class DropFolderPoller {
    private static final Logger LOG = LoggerFactory.getLogger(DropFolderPoller.class);
    /** A writer may call its file something else for a moment, and rename it. */
    static final Duration GRACE = Duration.ofSeconds(15);
    /** A file that matches may have to wait; nobody needs to know before that. */
    static final Duration PATIENCE = Duration.ofSeconds(45);

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

    /** A definition and how it looks into a folder. */
    private record Look(Definition definition, DropFolder drop) {}

    /** Looks once into every folder; trouble with a file or a folder does not keep it from the others. */
    @Scheduled(fixedDelayString = "${orchestrator.trigger.scan-interval:1s}", scheduler = "dropFolderScheduler")
    void scan() {
        if (!heartbeat.fit()) {
            // a file that is taken must be written down
            return;
        }
        try (FileOperations.Operation _ =
                fileOperations.begin("Looking into the drop folders under " + settings.dropRoot())) {
            if (shared.isThere(SharedFolder.DROP_ROOT)) {
                scanAll();
            }
        }
    }

    private void scanAll() {
        logOnce.nextRound();
        Map<Path, List<Look>> folders = folders();
        folders.forEach((folder, looks) -> logOnce.about(folder, () -> scan(folder, looks)));
        logOnce.about(
                settings.dropRoot(), () -> fileArchiver.putAwayElsewhere(folders.keySet(), settleDetector, logOnce));
        abandoned.nameOthers(folders.keySet(), clock.instant(), logOnce);
        skippedFiles.publish(logOnce.due());
    }

    private Map<Path, List<Look>> folders() {
        Map<Path, List<Look>> folders = new LinkedHashMap<>();
        for (Definition definition : definitions.all()) {
            for (DropFolder drop : definition.triggers().files()) {
                Path folder = settings.dropRoot().resolve(drop.folder());
                folders.computeIfAbsent(folder, f -> new ArrayList<>()).add(new Look(definition, drop));
            }
        }
        return folders;
    }

    private void scan(Path folder, List<Look> looks) throws IOException {
        Files.createDirectories(folder);
        SkipReason skipReason =
                new SkipReason(looks.stream().map(look -> look.drop.pattern()).toList());
        Set<Path> files = files(folder);
        settleDetector.keepOnly(folder, files);
        for (Path file : files) {
            logOnce.about(file, () -> look(folder, file, looks, skipReason));
        }
        looks.stream()
                .collect(Collectors.groupingBy(Look::definition, LinkedHashMap::new, Collectors.toList()))
                .forEach((definition, its) -> abandoned.adopt(
                        definition, folder, its.stream().map(Look::drop).toList(), logOnce));
        fileArchiver.putAway(folder, settleDetector, logOnce);
    }

    private void look(Path folder, Path file, List<Look> looks, SkipReason skipReason) throws IOException {
        Look look = looks.stream().filter(l -> l.drop.matches(file)).findFirst().orElse(null);
        if (look == null) {
            logOnce.say(file, skipReason.asItIsCalled(String.valueOf(file.getFileName())), GRACE);
            return;
        }
        try {
            if (mayBeTaken(file, look.drop)) {
                take(look, folder, file);
            }
        } catch (NoSuchFileException e) {
            LOG.debug("{} was taken by somebody else", file);
        }
    }

    private boolean mayBeTaken(Path file, DropFolder drop) throws IOException {
        if (!settleDetector.isStill(file, drop.settle())) {
            String changing =
                    "it changes again and again: it is taken when its size and time of change have stood still for "
                            + drop.settle().toSeconds() + " s ('settle')";
            logOnce.say(file, changing, PATIENCE.plus(drop.settle()));
            return false;
        }
        if (admissionControl.isFull()) {
            String waiting = "it waits, since " + admissionControl.most()
                    + " scorings have not ended (orchestrator.trigger.max-unfinished); it is taken when there are fewer";
            logOnce.say(file, waiting, PATIENCE);
            return false;
        }
        String reason = SkipReason.asItIsOwned(file);
        if (reason != null) {
            logOnce.say(file, reason, GRACE);
        }
        return reason == null;
    }

    private void take(Look look, Path folder, Path file) throws IOException {
        UUID id = UUID.randomUUID();
        String name = String.valueOf(file.getFileName());
        Path mine = work.open(folder, id);
        TakenFile taken = new TakenFile(id, look.definition.name(), folder, name, 0, mine.resolve(name));
        try {
            ledger.announce(taken);
            work.take(file, folder, taken.path());
        } catch (AtomicMoveNotSupportedException e) {
            giveUp(taken, mine);
            LOG.info("{} is on a disk of its own: its files are worked on in {}", folder, work.all(folder));
            return;
        } catch (IOException | RuntimeException e) {
            giveUp(taken, mine);
            throw e;
        }
        ledger.record(look.definition, look.drop, taken);
    }

    /** The folder first: without it nothing can be moved there any more that no row announces. */
    private void giveUp(TakenFile taken, Path mine) throws IOException {
        Files.deleteIfExists(mine);
        ledger.forget(taken.id());
    }

    /** All files that may be taken, oldest first, whatever their name; what may never be is named. */
    private Set<Path> files(Path folder) throws IOException {
        List<Lying> lying = new ArrayList<>();
        try (Stream<Path> entries = Files.list(folder)) {
            entries.filter(path -> !isOurs(path)).forEach(path -> logOnce.about(path, () -> file(path, lying)));
        }
        return lying.stream()
                .sorted(Comparator.comparing(Lying::changed).thenComparing(Lying::file))
                .map(Lying::file)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private void file(Path path, List<Lying> lying) throws IOException {
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            String reason = SkipReason.asItIs(path, attributes);
            if (reason == null) {
                lying.add(new Lying(path, attributes.lastModifiedTime().toMillis()));
            } else {
                logOnce.say(path, reason, GRACE);
            }
        } catch (NoSuchFileException e) {
            LOG.debug("{} was taken by somebody else", path);
        }
    }

    private record Lying(Path file, long changed) {}

    /** Folders of ours, and those of drop folders that lie in this one. */
    private boolean isOurs(Path path) {
        String name = String.valueOf(path.getFileName());
        if (name.startsWith(SharedFolders.MARKER)) {
            return true;
        }
        boolean ours = FileArchiver.PLACES.contains(name) || name.equals(ProcessingFolder.NAME);
        return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)
                && (ours
                        || folders().keySet().stream()
                                .anyMatch(drop -> drop.normalize().startsWith(path.normalize())));
    }
}
