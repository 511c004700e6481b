package dev.bes.orchestrator.files;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Moves our files to the paths where users look for them. It never replaces a file: if the path is taken by something else,
 * the file gets the next free name.
 */
public final class FilePlacement {
    private static final int MAX_NAMES = 10_000;

    private FilePlacement() {}

    /**
     * The path of a placed file.
     *
     * @param path its path
     * @param isNew whether this call put it there; false if it was there before
     */
    public record Placed(Path path, boolean isNew) {}

    /** When an existing file at the wanted path makes the move needless. */
    public enum Already {
        /** It is the same file, under a second name: a move that was interrupted. */
        SAME_FILE,
        /** It has the same content, byte for byte. */
        SAME_CONTENT
    }

    /**
     * Moves a file to a path, or to the next free one beside it: {@code a.csv}, {@code a-2.csv}, {@code a-3.csv}.
     *
     * @throws NoSuchFileException if the file, or the folder of the path, does not exist
     * @throws IOException if it can't be moved; then it is where it was
     */
    public static Placed move(Path file, Path wanted, Already already) throws IOException {
        for (int n = 1; n <= MAX_NAMES; n++) {
            Path place = nth(wanted, n);
            if (put(file, place)) {
                return new Placed(place, true);
            }
            // checked after the try: another node may move the same file at this moment
            if (isThere(file, place, already)) {
                Files.deleteIfExists(file);
                return new Placed(place, false);
            }
        }
        throw new FileSystemException(wanted.toString(), null, "is taken, and so are the next " + MAX_NAMES + " names");
    }

    /** The last of the taken paths that a move would try; null if the first one is free. */
    public static @Nullable Path lastTaken(Path wanted) {
        Path last = null;
        for (int n = 1; n <= MAX_NAMES && FileKind.exists(nth(wanted, n)); n++) {
            last = nth(wanted, n);
        }
        return last;
    }

    /**
     * A folder for files, created if it does not exist.
     *
     * @throws FileSystemException if the path is a link or a file: files put there would end up elsewhere
     */
    public static Path folder(Path parent, String name) throws IOException {
        Path folder = parent.resolve(name);
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            try {
                Files.createDirectory(folder);
            } catch (FileAlreadyExistsException e) {
                if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
                    throw new FileSystemException(
                            folder.toString(), null, "must be a folder, but a link or a file lies there; move it away");
                }
            }
        }
        return folder;
    }

    private static Path nth(Path wanted, int n) {
        String name = String.valueOf(wanted.getFileName());
        int dot = name.lastIndexOf('.');
        int end = dot > 0 ? dot : name.length();
        return n == 1 ? wanted : wanted.resolveSibling(name.substring(0, end) + "-" + n + name.substring(end));
    }

    private static boolean isThere(Path file, Path place, Already already) throws IOException {
        try {
            Object key = FileKind.requireRegular(file).fileKey();
            Object other = FileKind.requireRegular(place).fileKey();
            return (key != null && Objects.equals(key, other))
                    || (already == Already.SAME_CONTENT && Files.mismatch(file, place) == -1);
        } catch (NotRegularFileException | NoSuchFileException e) {
            return false;
        }
    }

    /** Links the file under its new name, which fails if the name is taken, and then removes the old name. */
    private static boolean put(Path file, Path place) throws IOException {
        try {
            Files.createLink(place, file);
        } catch (FileAlreadyExistsException e) {
            return false;
        } catch (NoSuchFileException e) {
            throw e;
        } catch (UnsupportedOperationException | FileSystemException e) {
            return putOverOurOwn(file, place);
        }
        Files.deleteIfExists(file);
        return true;
    }

    /**
     * For file systems without hard links, for files of other users, and for paths on another disk. It creates an empty file,
     * which fails if the name is taken, and replaces only that one.
     */
    private static boolean putOverOurOwn(Path file, Path place) throws IOException {
        try {
            Files.createFile(place);
        } catch (FileAlreadyExistsException e) {
            return false;
        }
        boolean done = false;
        try {
            replace(file, place);
            done = true;
        } finally {
            if (!done) {
                Files.deleteIfExists(place);
            }
        }
        return true;
    }

    private static void replace(Path file, Path ours) throws IOException {
        try {
            Files.move(file, ours, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Path copy = ours.resolveSibling("." + UUID.randomUUID() + ".part");
            try {
                Files.copy(file, copy, LinkOption.NOFOLLOW_LINKS);
                if (Files.mismatch(file, copy) != -1) {
                    throw new FileSystemException(file.toString(), ours.toString(), "was changed while it was copied");
                }
                Files.move(copy, ours, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(copy);
            }
            Files.delete(file);
        }
    }
}
