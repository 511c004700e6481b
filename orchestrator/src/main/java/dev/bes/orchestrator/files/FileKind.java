package dev.bes.orchestrator.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** What a path is, links not followed. */
public final class FileKind {
    private FileKind() {}

    /** What it is, in words that stand after "is". */
    static String words(BasicFileAttributes attributes) {
        if (attributes.isSymbolicLink()) {
            return "a symbolic link";
        }
        if (attributes.isDirectory()) {
            return "a folder";
        }
        return attributes.isRegularFile() ? "a plain file" : "a named pipe, a socket or a device";
    }

    /**
     * Refuses what is no plain file.
     *
     * @throws NotRegularFileException if it is none
     * @throws IOException if it is not there, or can't be looked at
     */
    public static BasicFileAttributes requireRegular(Path file) throws IOException {
        BasicFileAttributes attributes =
                Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!attributes.isRegularFile()) {
            throw new NotRegularFileException(file.toString(), words(attributes));
        }
        return attributes;
    }

    /** Whether anything lies there, even a link that leads nowhere. */
    public static boolean exists(Path file) {
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
    }

    /** How many names the file has; 1 where the file system does not say. */
    public static int names(Path file) throws IOException {
        try {
            return (Integer) Files.getAttribute(file, "unix:nlink", LinkOption.NOFOLLOW_LINKS);
        } catch (UnsupportedOperationException | IllegalArgumentException e) {
            return 1;
        }
    }
}
