package dev.bes.orchestrator.web.problem;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.web.multipart.MultipartException;

/** Tells a form that its sender got wrong from one that we could not write to our own disk while it came in. */
final class UploadFailure {
    // Tomcat and the JDK have no exceptions of their own for these
    private static final Pattern OUR_DISK = Pattern.compile(
            "temporary upload location|No space left|Disk quota|Read-only file system|Input/output error|Stale file handle"
                    + "|not enough space");

    private UploadFailure() {}

    static boolean isOurs(MultipartException e) {
        return Stream.<Throwable>iterate(e, Objects::nonNull, Throwable::getCause)
                .anyMatch(cause -> cause instanceof FileNotFoundException
                        || cause instanceof FileSystemException
                        || (cause instanceof IOException
                                && OUR_DISK.matcher(String.valueOf(cause.getMessage()))
                                        .find()));
    }
}
