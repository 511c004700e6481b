package dev.bes.orchestrator.trigger.arrival.container;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/** Detects that an append or page blob of a container has settled: its version has not changed for a while. */
final class GrowingBlobs {
    private final LongSupplier nanoTime;
    private final Map<String, Seen> seen = new HashMap<>();

    GrowingBlobs(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    private record Seen(String etag, long sinceNanos) {}

    /** Whether the blob has had this version for this time, since this node first saw it. */
    boolean isSettled(String name, String etag, Duration time) {
        long now = nanoTime.getAsLong();
        Seen before = seen.get(name);
        if (before == null || !before.etag.equals(etag)) {
            before = new Seen(etag, now);
            seen.put(name, before);
        }
        return now - before.sinceNanos >= time.toNanos();
    }

    /** Forgets blobs that are no longer there. */
    void keepOnly(Set<String> names) {
        seen.keySet().retainAll(names);
    }
}
