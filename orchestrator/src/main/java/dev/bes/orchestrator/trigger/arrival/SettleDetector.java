package dev.bes.orchestrator.trigger.arrival;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/** Detects that a file has settled: its size and modification time have not changed for a while. */
final class SettleDetector {
    private final LongSupplier nanoTime;
    private final Map<Path, Seen> seen = new HashMap<>();

    SettleDetector(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    private record Seen(long bytes, long changed, long sinceNanos) {}

    /** Whether the file has not changed for this time since this node first saw it. */
    boolean isSettled(Path file, Duration time) throws IOException {
        BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        return isSettled(file, now.size(), now.lastModifiedTime().toMillis(), time);
    }

    /**
     * The same for a file whose attributes were read just now.
     *
     * @param changed its modification time, in milliseconds
     */
    boolean isSettled(Path file, long bytes, long changed, Duration time) {
        long nanos = nanoTime.getAsLong();
        Seen before = seen.get(file);
        if (before == null || before.bytes != bytes || before.changed != changed) {
            before = new Seen(bytes, changed, nanos);
            seen.put(file, before);
        }
        return nanos - before.sinceNanos >= time.toNanos();
    }

    /** Forgets a file. */
    void forget(Path file) {
        seen.remove(file);
    }

    /** Forgets all files but these. */
    void keepOnly(Set<Path> files) {
        seen.keySet().retainAll(files);
    }
}
