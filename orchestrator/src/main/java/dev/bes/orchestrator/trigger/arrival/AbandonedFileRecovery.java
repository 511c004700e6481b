package dev.bes.orchestrator.trigger.arrival;

import dev.bes.orchestrator.definition.Definition;
import dev.bes.orchestrator.definition.Triggers.DropFolder;
import dev.bes.orchestrator.files.FileKind;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Finds files that a node took and then died before it could make runs of them: by the ledger, where each is announced before it
 * is moved. What else lies in a work folder was put there by somebody else, and is only named.
 */
@Component
class AbandonedFileRecovery {
    private static final Duration FRESH = Duration.ofSeconds(30);

    private final DroppedFileLedger ledger;
    private final ProcessingFolder work;

    AbandonedFileRecovery(DroppedFileLedger ledger, ProcessingFolder work) {
        this.ledger = ledger;
        this.work = work;
    }

    /** Makes runs of the abandoned files of a definition in a folder. */
    void adopt(Definition definition, Path folder, List<DropFolder> drops, LogOnce logOnce) {
        for (TakenFile taken : ledger.abandoned(definition.name(), folder)) {
            logOnce.about(taken.path(), () -> adopt(definition, drops, taken));
        }
    }

    private void adopt(Definition definition, List<DropFolder> drops, TakenFile taken) throws IOException {
        if (FileKind.exists(taken.path())) {
            DropFolder drop = drops.stream()
                    .filter(d -> d.matches(taken.path()))
                    .findFirst()
                    .orElse(drops.getFirst());
            ledger.record(definition, drop, taken);
        } else if (Files.deleteIfExists(taken.ownFolder())) {
            // its folder was there and empty: the file was never moved, and no node that only sleeps can do so any more
            ledger.forget(taken.id());
        } else {
            // this node may not see the disk that the others see
            ledger.forgetOld(taken.id());
        }
    }

    /** Names what lies in the work folders of these drop folders, and is no file that was taken. */
    void nameOthers(Set<Path> drops, Instant now, LogOnce logOnce) {
        Set<Path> folders = new HashSet<>();
        for (Path drop : drops) {
            folders.add(work.all(drop).normalize());
            // where older versions put what they took, and where somebody may put what he wants taken
            folders.add(drop.resolve(ProcessingFolder.NAME).normalize());
        }
        for (Path folder : folders) {
            logOnce.about(folder, () -> nameOthers(folder, now, logOnce));
        }
    }

    private void nameOthers(Path folder, Instant now, LogOnce logOnce) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Map<UUID, Path> numbered = new HashMap<>();
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path entry : entries.toList()) {
                UUID id = id(entry);
                if (id == null) {
                    logOnce.say(entry, "was not put there by this service; it is left alone: move it away", FRESH);
                } else {
                    numbered.put(id, entry);
                }
            }
        }
        ledger.known(numbered.keySet()).forEach(numbered::remove);
        for (Path entry : numbered.values()) {
            logOnce.about(entry, () -> other(entry, now, logOnce));
        }
    }

    private static void other(Path entry, Instant now, LogOnce logOnce) throws IOException {
        BasicFileAttributes attributes =
                Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (attributes.lastModifiedTime().toInstant().plus(FRESH).isAfter(now)) {
            // a node of an older version writes down what it took when it has it
            return;
        }
        if (!attributes.isDirectory() || !isRemovedAsEmpty(entry)) {
            logOnce.say(
                    entry,
                    "lies where taken files lie, and the database does not know it: it was put there by somebody else, or the"
                            + " database was restored or made anew. It is not scored: move what is in it to the drop folder, or away",
                    Duration.ZERO);
        }
    }

    /** What a node leaves that died before it moved anything is an empty folder. */
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
