package dev.bes.orchestrator.files;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Folders to which others may write. They are opened one by one, by handle, and none may be a link: a folder that is exchanged for a
 * link meanwhile leads nowhere. A file system without such handles is used by paths.
 */
public final class FolderHandles {
    private FolderHandles() {}

    /** The attributes of an entry of an open folder; of a link, those of the link. */
    public static BasicFileAttributes attributes(DirectoryStream<Path> folder, Path entry) throws IOException {
        return folder instanceof SecureDirectoryStream<Path> handle
                ? handle.getFileAttributeView(
                                entry.getFileName(), BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                        .readAttributes()
                : Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    /** Opens a folder in an open folder. The caller closes it. */
    @SuppressWarnings("StreamResourceLeak")
    public static DirectoryStream<Path> open(DirectoryStream<Path> folder, Path entry) throws IOException {
        return folder instanceof SecureDirectoryStream<Path> handle
                ? handle.newDirectoryStream(entry.getFileName(), LinkOption.NOFOLLOW_LINKS)
                : Files.newDirectoryStream(entry);
    }

    /** Work on an entry of an open folder. */
    @FunctionalInterface
    private interface Work {
        void at(SecureDirectoryStream<Path> folder, Path name) throws IOException;
    }

    /**
     * Moves a file atomically.
     *
     * @param base a folder that others can't exchange, and that contains the file or a folder above it
     * @throws java.nio.file.AtomicMoveNotSupportedException if the target is on another disk
     */
    public static void move(Path base, Path file, Path target) throws IOException {
        Path folder = target.getParent();
        if (base.equals(file.getParent())) {
            Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
            return;
        }
        try (DirectoryStream<Path> to = Files.newDirectoryStream(folder == null ? Path.of("") : folder)) {
            boolean done = to instanceof SecureDirectoryStream<Path> handle
                    && at(base, file, (from, name) -> from.move(name, handle, target.getFileName()));
            if (!done) {
                Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
            }
        }
    }

    /** Deletes a file, if it is there. */
    public static void delete(Path base, Path file) throws IOException {
        try {
            if (!at(base, file, SecureDirectoryStream::deleteFile)) {
                Files.deleteIfExists(file);
            }
        } catch (NoSuchFileException e) {
            // it is gone already
        }
    }

    /** Does work at the folder of a file; false if there are no handles. */
    private static boolean at(Path base, Path file, Work work) throws IOException {
        try (DirectoryStream<Path> folder = Files.newDirectoryStream(base)) {
            if (!(folder instanceof SecureDirectoryStream<Path> handle)) {
                return false;
            }
            at(handle, base.relativize(file), work);
            return true;
        }
    }

    private static void at(SecureDirectoryStream<Path> folder, Path rest, Work work) throws IOException {
        Path first = rest.getName(0);
        if (rest.getNameCount() == 1) {
            work.at(folder, first);
            return;
        }
        try (SecureDirectoryStream<Path> next = folder.newDirectoryStream(first, LinkOption.NOFOLLOW_LINKS)) {
            at(next, rest.subpath(1, rest.getNameCount()), work);
        }
    }
}
