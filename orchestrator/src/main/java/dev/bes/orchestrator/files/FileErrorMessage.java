package dev.bes.orchestrator.files;

import dev.bes.orchestrator.text.VisibleText;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an error of the file system means. Many exceptions have only a path as their message. */
public final class FileErrorMessage {
    private static final String USER = System.getProperty("user.name", "?");

    private static final Map<String, String> MEANINGS = Map.of(
            "File name too long", "the name is longer than the file system takes",
            "No space left on device", "the disk is full",
            "Disk quota exceeded", "the disk quota of user '" + USER + "' is used up",
            "Read-only file system", "the disk is mounted read-only",
            "Not a directory", "a part of the path is a file, not a folder",
            "Stale file handle", "the network disk was exchanged; mount it again",
            "Too many open files", "this process has too many files open; raise its limit (ulimit -n)",
            "Operation not permitted", "user '" + USER + "' may not do that");

    private static final List<String> LASTING = List.of("File name too long", "Not a directory", "Too many levels");

    private FileErrorMessage() {}

    /**
     * Describes the error, with the file.
     *
     * @param doing what was tried, as a participle: {@code read}, {@code written}
     */
    public static String of(Throwable e, String doing) {
        return switch (e) {
            case AccessDeniedException denied ->
                subject(denied) + "may not be " + doing + " by user '" + USER
                        + "'; give that user the permission, also for the folders above it";
            case NoSuchFileException gone -> subject(gone) + "is not there";
            case NotDirectoryException file -> subject(file) + "is a file, and should be a folder";
            case FileAlreadyExistsException taken -> subject(taken) + "is a file or a link, and should be a folder";
            case FileSystemException other -> subject(other) + meaning(other);
            case IOException other -> String.valueOf(other.getMessage());
            default -> e.toString();
        };
    }

    /** Whether a retry can't help: the error stays until a user changes a name or a folder. */
    public static boolean lasts(Throwable e) {
        if (e instanceof NotDirectoryException
                || e instanceof FileAlreadyExistsException
                || e instanceof NotRegularFileException) {
            return true;
        }
        String reason = e instanceof FileSystemException file ? file.getReason() : null;
        return reason != null && LASTING.stream().anyMatch(reason::startsWith);
    }

    private static String subject(FileSystemException e) {
        String file = e.getOtherFile() == null ? e.getFile() : e.getOtherFile();
        return file == null ? "a file " : "'" + VisibleText.name(file) + "' ";
    }

    private static String meaning(FileSystemException e) {
        String reason = e.getReason();
        String known = reason == null ? null : known(reason);
        if (known != null) {
            return "can't be used: " + known;
        }
        return reason == null ? "can't be used: " + e.getClass().getSimpleName() : reason;
    }

    private static @Nullable String known(String reason) {
        return MEANINGS.entrySet().stream()
                .filter(entry -> reason.startsWith(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }
}
