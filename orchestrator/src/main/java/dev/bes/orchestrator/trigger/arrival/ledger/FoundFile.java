package dev.bes.orchestrator.trigger.arrival.ledger;

import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * An entry of a drop folder, as a scan lists it.
 *
 * @param path its path
 * @param name its name in the drop folder; of one in a folder below it, its path there with slashes
 * @param bytes its size
 * @param modified its modification time, in whole microseconds as the database keeps it
 * @param version size and time as one text, if it stays where it is when it was scored; null if it is moved
 */
public record FoundFile(
        Path path,
        String name,
        long bytes,
        Instant modified,
        @Nullable String version) {
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    /** A time that no calendar of the database holds counts as 1970. */
    public static FoundFile of(Path path, BasicFileAttributes attributes) {
        return of(path, String.valueOf(path.getFileName()), attributes);
    }

    /** The same for one in a folder below the drop folder. */
    public static FoundFile of(Path path, String name, BasicFileAttributes attributes) {
        Instant modified = attributes.lastModifiedTime().toInstant().truncatedTo(ChronoUnit.MICROS);
        boolean plausible = !modified.isBefore(Instant.EPOCH) && modified.isBefore(LAST);
        return new FoundFile(path, name, attributes.size(), plausible ? modified : Instant.EPOCH, null);
    }

    /** Its name in the folder that contains it. */
    public String fileName() {
        return FileNames.last(name);
    }

    /** Whether it lies in a folder below the drop folder. */
    public boolean isInSubFolder() {
        return name.indexOf('/') >= 0;
    }

    /** The name that another file beside it has in the ledger. */
    public String sibling(String fileName) {
        return name.substring(0, name.length() - fileName().length()) + fileName;
    }

    /** The same file, which stays where it is when it was scored. */
    public FoundFile staying() {
        return new FoundFile(path, name, bytes, modified, bytes + "/" + modified);
    }

    /** The row of the entry. */
    public LyingFile row(@Nullable String definition, FileState state, @Nullable String reason) {
        return new LyingFile(name, definition, bytes, modified, state, reason, null, version);
    }

    /** The row of the entry while it waits in a group. */
    public LyingFile grouped(String definition, String key, @Nullable String reason) {
        return new LyingFile(name, definition, bytes, modified, FileState.GROUPED, reason, key, version);
    }
}
