package dev.bes.orchestrator.trigger;

import dev.bes.orchestrator.definition.Definition;
import dev.bes.orchestrator.definition.Definitions;
import dev.bes.orchestrator.definition.Triggers.DropFolder;
import dev.bes.orchestrator.node.FileWork;
import dev.bes.orchestrator.node.SharedFolder;
import dev.bes.orchestrator.node.SharedFolders;
import dev.bes.orchestrator.run.Heartbeat;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Looks into the drop folders again and again. A file that has come to rest is claimed by moving it, which only one node
 * can do; then it becomes a run, unless too much is unended for that; when the run has ended the file goes to the archive, or to the failed ones.
 */
@Component
class DropFolders {
    private static final Logger LOG = LoggerFactory.getLogger(DropFolders.class);
    static final String PROCESSING = ".processing";

    private final Definitions definitions;
    private final DroppedFiles ledger;
    private final AbandonedFiles abandoned;
    private final Heartbeat heartbeat;
    private final Intake intake;
    private final TriggerSettings settings;
    private final Set<Path> nameless = new HashSet<>();
    private final SharedFolders shared;
    private final FileWork work;
    private final Complaints complaints;
    private final Settling settling = new Settling(System::nanoTime);

    DropFolders(
            Definitions definitions,
            DroppedFiles ledger,
            AbandonedFiles abandoned,
            Heartbeat heartbeat,
            Intake intake,
            SharedFolders shared,
            FileWork work,
            TriggerSettings settings) {
        this.definitions = definitions;
        this.ledger = ledger;
        this.abandoned = abandoned;
        this.heartbeat = heartbeat;
        this.intake = intake;
        this.shared = shared;
        this.work = work;
        this.complaints = new Complaints(work::moved);
        this.settings = settings;
    }

    /** Looks once into every folder; trouble with a file or a folder does not keep it from the others. */
    @Scheduled(fixedDelayString = "${orchestrator.trigger.scan:1s}", scheduler = "dropFolderScheduler")
    void scan() {
        if (!heartbeat.fit()) {
            // a file that is taken must be written down
            return;
        }
        try (FileWork.Operation _ = work.begin("Looking into the drop folders under " + settings.dropRoot())) {
            if (shared.isThere(SharedFolder.DROP_ROOT)) {
                scanAll();
            }
        }
    }

    private void scanAll() {
        complaints.nextRound();
        for (Definition definition : definitions.all()) {
            for (DropFolder drop : definition.triggers().files()) {
                Path folder = settings.dropRoot().resolve(drop.folder());
                complaints.about(folder, () -> scan(definition, drop, folder));
            }
        }
    }

    private void scan(Definition definition, DropFolder drop, Path folder) throws IOException {
        Files.createDirectories(folder.resolve(PROCESSING));
        Set<Path> files = files(folder);
        settling.keepOnly(folder, files);
        for (Path file : files) {
            if (takes(drop, file)) {
                complaints.about(file, () -> take(definition, drop, folder, file));
            }
        }
        abandoned.adopt(definition, drop, folder, complaints);
        ledger.putAway(folder, complaints);
    }

    private void take(Definition definition, DropFolder drop, Path folder, Path file) throws IOException {
        try {
            if (!settling.isStill(file, drop.settle()) || intake.isFull()) {
                return;
            }
            UUID id = UUID.randomUUID();
            ledger.record(definition, drop, folder, id, move(file, folder, id));
        } catch (NoSuchFileException e) {
            LOG.debug("{} was taken by somebody else", file);
        }
    }

    private static Path move(Path file, Path folder, UUID id) throws IOException {
        Path mine = Files.createDirectory(folder.resolve(PROCESSING).resolve(id.toString()));
        try {
            return Files.move(file, mine.resolve(file.getFileName()), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            Files.deleteIfExists(mine);
            throw e;
        }
    }

    /** All files, oldest first, whatever their name: other definitions may look into the same folder. */
    private Set<Path> files(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS))
                    .filter(path -> !path.getFileName().toString().startsWith("."))
                    .filter(this::isNamed)
                    .map(path -> new Lying(path, path.toFile().lastModified()))
                    .sorted(Comparator.comparing(Lying::changed).thenComparing(Lying::file))
                    .map(Lying::file)
                    .collect(Collectors.toCollection(LinkedHashSet::new));
        }
    }

    private record Lying(Path file, long changed) {}

    /** A name that is no text can't be written down, and the file not be found by it again. */
    private boolean isNamed(Path file) {
        boolean named;
        try {
            named = Path.of(file.toString()).equals(file);
        } catch (InvalidPathException e) {
            named = false;
        }
        if (!named && nameless.add(file)) {
            LOG.warn("{} is left alone: its name is not UTF-8", file);
        }
        return named;
    }

    static boolean takes(DropFolder drop, Path file) {
        return FileSystems.getDefault().getPathMatcher("glob:" + drop.pattern()).matches(file.getFileName());
    }
}
