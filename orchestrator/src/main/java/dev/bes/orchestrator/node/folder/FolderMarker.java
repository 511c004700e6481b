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

/** The hidden file by which a shared folder is known: its first line is a marker, the others tell people what it is for. */
final class FolderMarker {
    /** The name of the file. */
    static final String NAME = ".orchestrator-folder";

    private static final int MOST_BYTES = 4096;
    private static final String EXPLANATION = """
            This file tells the nodes of BES Orchestrator that they see the same folder. Leave it here; when you move the folder,
            move it too.
            """;

    private FolderMarker() {}

    /** The marker of a folder; none if it has no such file, or one that holds something else. */
    static Optional<UUID> read(Path folder) throws IOException {
        Path file = folder.resolve(NAME);
        try {
            if (!Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                    .isRegularFile()) {
                return Optional.empty();
            }
            try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
                String text = new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
                return Optional.of(
                        UUID.fromString(text.lines().findFirst().orElse("").strip()));
            }
        } catch (NoSuchFileException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Writes the marker of a folder, the whole of it at once, over whatever was there. */
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
