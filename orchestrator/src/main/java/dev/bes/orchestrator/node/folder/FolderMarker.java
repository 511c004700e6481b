package dev.bes.orchestrator.node.folder;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.UUID;

/** The hidden file that identifies a shared folder. Its first line is the marker, the others explain the file. */
final class FolderMarker {
    /** The name of the file. */
    static final String NAME = ".orchestrator-folder";

    private static final int MAX_BYTES = 4096;
    private static final String EXPLANATION = """
            This file tells the nodes of BES Orchestrator that they see the same folder. Leave it here; when you move the folder,
            move it too.
            """;

    private FolderMarker() {}

    /** The marker of a folder; empty if it has no such file, or one with another content. */
    static Optional<UUID> read(Path folder) throws IOException {
        Path file = folder.resolve(NAME);
        try {
            if (!Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                    .isRegularFile()) {
                return Optional.empty();
            }
            try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
                String text = new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8);
                return Optional.of(
                        UUID.fromString(text.lines().findFirst().orElse("").strip()));
            }
        } catch (NoSuchFileException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Replaces the marker file of a folder atomically. */
    static void write(Path folder, UUID marker) throws IOException {
        Path draft = folder.resolve(NAME + "." + UUID.randomUUID());
        Files.writeString(draft, marker + "\n" + EXPLANATION);
        try {
            Files.move(draft, folder.resolve(NAME), StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(draft, folder.resolve(NAME), StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft);
        }
    }
}
