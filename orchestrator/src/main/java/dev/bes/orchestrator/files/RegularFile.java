package dev.bes.orchestrator.files;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A plain file, opened for reading. Anything else is refused before it is opened: a named pipe would block for ever, and a
 * link could lead to any file of this machine.
 *
 * <p>A taken file or an upload is in a folder that is named by a UUID of ours. Its folders are opened one by one, by handle,
 * and none may be a link. Any other file is named by a definition, whose author may use links to plain files.
 */
public final class RegularFile implements Closeable {
    /** The folder of taken files, each in a folder named by a UUID of ours. */
    public static final String TAKEN = ".processing";

    private final SeekableByteChannel channel;
    private final Path path;
    private final @Nullable Object key;

    private RegularFile(SeekableByteChannel channel, Path path, @Nullable Object key) {
        this.channel = channel;
        this.path = path;
        this.key = key;
    }

    /**
     * Opens a file.
     *
     * @throws NotRegularFileException if it is no plain file, or a link where links are refused
     * @throws IOException if it does not exist, or can't be opened
     */
    public static RegularFile open(Path file) throws IOException {
        Path folder = file.getParent();
        return folder != null && folder.getParent() != null && isNumbered(folder)
                ? below(base(folder.getParent()), file)
                : followed(file);
    }

    /**
     * Opens a file in a folder to which others may write: neither it nor a folder below the base may be a link.
     *
     * @param base a folder that others can't exchange
     * @throws NotRegularFileException if it is no plain file
     * @throws IOException if it does not exist, or can't be opened
     */
    public static RegularFile below(Path base, Path file) throws IOException {
        try (DirectoryStream<Path> folder = Files.newDirectoryStream(base)) {
            if (folder instanceof SecureDirectoryStream<Path> handle) {
                return below(handle, base.relativize(file), file);
            }
        }
        BasicFileAttributes attributes = FileKind.requireRegular(file);
        return new RegularFile(
                Files.newByteChannel(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS),
                file,
                attributes.fileKey());
    }

    /** Its size when asked, in bytes: that of the file that was opened, whatever lies at its path now. */
    public long size() throws IOException {
        return channel.size();
    }

    /** Its bytes from the beginning on; to be closed with the file. */
    public InputStream stream() {
        return Channels.newInputStream(channel);
    }

    /**
     * Whether at its path lies the file that was opened, with no other name and of this size and time. So nobody has written to it
     * in between, unless he has also set the time back.
     *
     * @param modified its modification time, in whole microseconds
     */
    public boolean isUnchanged(long bytes, Instant modified) throws IOException {
        BasicFileAttributes now = FileKind.requireRegular(path);
        return Objects.equals(now.fileKey(), key)
                && now.size() == bytes
                && now.lastModifiedTime()
                        .toInstant()
                        .truncatedTo(ChronoUnit.MICROS)
                        .equals(modified)
                && FileKind.names(path) == 1;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private static boolean isNumbered(Path folder) {
        try {
            UUID.fromString(String.valueOf(folder.getFileName()));
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** The folder of the setting: it may be a link, folders below may not. */
    private static Path base(Path folder) {
        Path parent = folder.getParent();
        return folder.endsWith(TAKEN) && parent != null ? parent : folder;
    }

    private static RegularFile followed(Path file) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        if (!attributes.isRegularFile()) {
            throw new NotRegularFileException(file.toString(), FileKind.describe(attributes));
        }
        return new RegularFile(Files.newByteChannel(file, StandardOpenOption.READ), file, attributes.fileKey());
    }

    private static RegularFile below(SecureDirectoryStream<Path> folder, Path rest, Path file) throws IOException {
        try {
            Path part = rest.getName(0);
            if (rest.getNameCount() == 1) {
                return last(folder, part, file);
            }
            BasicFileAttributes attributes = attributes(folder, part);
            if (!attributes.isDirectory()) {
                throw new NotRegularFileException(file.toString(), "below " + FileKind.describe(attributes));
            }
            try (SecureDirectoryStream<Path> next = folder.newDirectoryStream(part, LinkOption.NOFOLLOW_LINKS)) {
                return below(next, rest.subpath(1, rest.getNameCount()), file);
            }
        } catch (NoSuchFileException e) {
            throw new NoSuchFileException(file.toString());
        } catch (AccessDeniedException e) {
            throw new AccessDeniedException(file.toString());
        }
    }

    /** Opens by the handle of its folder. The opened file must be the checked one, so that no exchange goes unseen. */
    private static RegularFile last(SecureDirectoryStream<Path> folder, Path name, Path file) throws IOException {
        BasicFileAttributes before = attributes(folder, name);
        if (!before.isRegularFile()) {
            throw new NotRegularFileException(file.toString(), FileKind.describe(before));
        }
        SeekableByteChannel channel =
                folder.newByteChannel(name, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
        boolean same = false;
        try {
            same = Objects.equals(attributes(folder, name).fileKey(), before.fileKey());
        } finally {
            if (!same) {
                channel.close();
            }
        }
        if (!same) {
            throw new FileSystemException(file.toString(), null, "was exchanged while it was opened");
        }
        return new RegularFile(channel, file, before.fileKey());
    }

    private static BasicFileAttributes attributes(SecureDirectoryStream<Path> folder, Path name) throws IOException {
        return folder.getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .readAttributes();
    }
}
