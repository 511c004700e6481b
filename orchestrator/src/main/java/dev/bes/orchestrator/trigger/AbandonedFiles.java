package dev.bes.orchestrator.trigger;

import dev.bes.orchestrator.definition.Definition;
import dev.bes.orchestrator.definition.Triggers.DropFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Finds files that a node took and then died before it could write that down. */
@Component
class AbandonedFiles {
    // a node between moving a file and recording it must have long done so, or be dead
    private static final Duration ABANDONED = Duration.ofSeconds(30);

    private final DroppedFiles ledger;
    private final InstantSource clock;

    AbandonedFiles(DroppedFiles ledger, InstantSource clock) {
        this.ledger = ledger;
        this.clock = clock;
    }

    /** Records the abandoned files of a folder that this definition would have taken. */
    void adopt(Definition definition, DropFolder drop, Path folder, Complaints complaints) throws IOException {
        Instant before = clock.instant().minus(ABANDONED);
        for (Path taken : list(folder.resolve(DropFolders.PROCESSING))) {
            UUID id = id(taken).orElse(null);
            if (id != null) {
                complaints.about(taken, () -> {
                    if (isOlder(taken, before) && !ledger.knows(id)) {
                        adopt(definition, drop, folder, id, taken);
                    }
                });
            }
        }
    }

    private void adopt(Definition definition, DropFolder drop, Path folder, UUID id, Path taken) throws IOException {
        List<Path> files = list(taken);
        if (files.isEmpty()) {
            Files.deleteIfExists(taken);
        }
        for (Path file : files) {
            if (DropFolders.takes(drop, file)) {
                ledger.record(definition, drop, folder, id, file);
            }
        }
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    private static boolean isOlder(Path taken, Instant time) throws IOException {
        try {
            return Files.getLastModifiedTime(taken).toInstant().isBefore(time);
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** What else lies there is not ours. */
    private static Optional<UUID> id(Path taken) {
        try {
            UUID id = UUID.fromString(taken.getFileName().toString());
            return Files.isDirectory(taken, LinkOption.NOFOLLOW_LINKS) ? Optional.of(id) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
