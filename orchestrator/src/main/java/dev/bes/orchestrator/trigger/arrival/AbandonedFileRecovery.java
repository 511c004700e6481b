package dev.bes.orchestrator.trigger.arrival;

import dev.bes.orchestrator.definition.Definition;
import dev.bes.orchestrator.definition.Triggers.DropFolder;
import dev.bes.orchestrator.files.FileKind;
import dev.bes.orchestrator.trigger.arrival.FileRuns.Moved;
import dev.bes.orchestrator.trigger.arrival.rule.FileRules;
import dev.bes.orchestrator.trigger.arrival.rule.FileRules.Verdict;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Makes runs of files that a node took before it died. The ledger knows them, because a node announces a file before it moves
 * it. Other entries of a processing folder are not ours: they are logged and left alone.
 */
@Component
class AbandonedFileRecovery {
    private static final Logger LOG = LoggerFactory.getLogger(AbandonedFileRecovery.class);
    private static final Duration MIN_AGE = Duration.ofSeconds(30);
    private static final int SET = 50;

    private final DroppedFileLedger ledger;
    private final ProcessingFolder work;
    private final FileRuns runs;
    private final FileGroups groups;

    AbandonedFileRecovery(DroppedFileLedger ledger, ProcessingFolder work, FileRuns runs, FileGroups groups) {
        this.ledger = ledger;
        this.work = work;
        this.runs = runs;
        this.groups = groups;
    }

    /** Makes runs of the abandoned files of a definition in a drop folder. */
    void recover(Definition definition, Path folder, List<DropFolder> drops, Instant now, LogOnce logOnce) {
        Map<UUID, List<TakenFile>> together = new LinkedHashMap<>();
        List<Moved> alone = new ArrayList<>();
        for (TakenFile taken : ledger.abandoned(definition.name(), folder)) {
            if (taken.group() != null) {
                together.computeIfAbsent(taken.group(), group -> new ArrayList<>())
                        .add(taken);
            } else if (FileKind.exists(taken.path())) {
                alone.add(new Moved(definition, drop(drops, taken), taken));
            } else {
                logOnce.run(taken.path(), () -> giveUp(taken, now));
            }
        }
        for (int from = 0; from < alone.size(); from += SET) {
            runs.record(alone.subList(from, Math.min(from + SET, alone.size())), logOnce);
        }
        together.values().forEach(group -> logOnce.run(folder, () -> recoverGroup(definition, drops, group, now)));
    }

    private void recoverGroup(Definition definition, List<DropFolder> drops, List<TakenFile> group, Instant now)
            throws IOException {
        if (group.stream().anyMatch(taken -> isCopying(taken, now))) {
            return;
        }
        List<TakenFile> moved = new ArrayList<>();
        for (TakenFile taken : group) {
            if (FileKind.exists(taken.path())) {
                moved.add(taken);
            } else {
                giveUp(taken, now);
            }
        }
        if (!moved.isEmpty()) {
            this.groups.record(definition, drop(drops, moved.getFirst()), moved);
        }
    }

    private static DropFolder drop(List<DropFolder> drops, TakenFile taken) {
        return drops.stream()
                .filter(d -> new FileRules(d.pattern(), d.rules()).of(taken.fileName()) == Verdict.TAKEN)
                .findFirst()
                .orElse(drops.getFirst());
    }

    /** Forgets that a file was announced, if no node can move it any more. */
    private void giveUp(TakenFile taken, Instant now) throws IOException {
        if (isCopying(taken, now)) {
            LOG.debug("{} is being copied by another node", taken.path());
        } else if (isEmptied(taken) && Files.deleteIfExists(taken.ownFolder())) {
            // its folder was empty: the file was never moved, and without the folder a suspended node can no longer
            // move it
            ledger.forget(taken.id());
        } else {
            // this node may not see the disk that the others see
            ledger.forgetStale(taken.id());
        }
    }

    /** Whether a node has written to the copy of a file a short while ago. */
    private static boolean isCopying(TakenFile taken, Instant now) {
        try {
            return taken.version() != null
                    && Files.getLastModifiedTime(ProcessingFolder.part(taken))
                            .toInstant()
                            .plus(MIN_AGE)
                            .isAfter(now);
        } catch (IOException e) {
            return false;
        }
    }

    /** Removes a copy that was not finished. */
    private static boolean isEmptied(TakenFile taken) throws IOException {
        Files.deleteIfExists(ProcessingFolder.part(taken));
        return true;
    }

    /** Logs the entries of the processing folders that the ledger does not know. */
    void logUnknown(Set<Path> drops, Instant now, LogOnce logOnce) {
        Set<Path> folders = new HashSet<>();
        for (Path drop : drops) {
            folders.add(work.all(drop).normalize());
            // older versions moved files there, and users may have put files there
            folders.add(drop.resolve(ProcessingFolder.NAME).normalize());
        }
        for (Path folder : folders) {
            logOnce.run(folder, () -> logUnknown(folder, now, logOnce));
        }
    }

    private void logUnknown(Path folder, Instant now, LogOnce logOnce) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Map<UUID, Path> numbered = new HashMap<>();
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path entry : entries.toList()) {
                UUID id = id(entry);
                if (id == null) {
                    logOnce.log(entry, "this service did not put it there and leaves it alone: move it away", MIN_AGE);
                } else {
                    numbered.put(id, entry);
                }
            }
        }
        ledger.known(numbered.keySet()).forEach(numbered::remove);
        for (Path entry : numbered.values()) {
            logOnce.run(entry, () -> unknown(entry, now, logOnce));
        }
    }

    private static void unknown(Path entry, Instant now, LogOnce logOnce) throws IOException {
        BasicFileAttributes attributes =
                Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (attributes.lastModifiedTime().toInstant().plus(MIN_AGE).isAfter(now)) {
            // a node of an older version records a file after it has moved it
            return;
        }
        if (!attributes.isDirectory() || !isRemovedAsEmpty(entry)) {
            logOnce.log(
                    entry,
                    "it lies in the processing folder, but the database does not know it: another program put it there, or the"
                            + " database was restored or recreated. It is not scored: move its files to the drop folder or elsewhere",
                    Duration.ZERO);
        }
    }

    /** A node that dies before it moves the file leaves an empty folder. */
    private static boolean isRemovedAsEmpty(Path folder) throws IOException {
        try {
            Files.delete(folder);
            return true;
        } catch (DirectoryNotEmptyException e) {
            return false;
        }
    }

    private static @Nullable UUID id(Path entry) {
        try {
            return UUID.fromString(String.valueOf(entry.getFileName()));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
