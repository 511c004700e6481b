package dev.bes.orchestrator.web.problem;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.web.multipart.MultipartException;

/** Tells an invalid form from one that the service could not write to its disk. */
final class UploadFailure {
    // Tomcat and the JDK have no specific exceptions for these
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
