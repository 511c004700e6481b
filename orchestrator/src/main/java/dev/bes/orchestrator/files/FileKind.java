package dev.bes.orchestrator.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** The kind of a file, without following links. */
public final class FileKind {
    private FileKind() {}

    /** The kind, as a phrase after "is". */
    static String describe(BasicFileAttributes attributes) {
        if (attributes.isSymbolicLink()) {
            return "a symbolic link";
        }
        if (attributes.isDirectory()) {
            return "a folder";
        }
        return attributes.isRegularFile() ? "a plain file" : "a named pipe, a socket or a device";
    }

    /**
     * Refuses anything but a plain file.
     *
     * @throws NotRegularFileException if it is no plain file
     * @throws IOException if it does not exist, or can't be read
     */
    public static BasicFileAttributes requireRegular(Path file) throws IOException {
        BasicFileAttributes attributes =
                Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!attributes.isRegularFile()) {
            throw new NotRegularFileException(file.toString(), describe(attributes));
        }
        return attributes;
    }

    /** Whether the path exists, even as a broken link. */
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
