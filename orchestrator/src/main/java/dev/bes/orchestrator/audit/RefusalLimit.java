package dev.bes.orchestrator.audit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/** Limits the rows about what was refused, so that a flood of requests fills no disk. What is left out is counted. */
final class RefusalLimit {
    static final int OF_ADDRESS = 20;
    static final int OF_NODE = 200;

    private static final Duration WINDOW = Duration.ofMinutes(1);

    private final InstantSource clock;
    private final Map<String, Integer> byAddress = new HashMap<>();
    private Instant end = Instant.MIN;
    private int written;
    private long leftOut;

    RefusalLimit(InstantSource clock) {
        this.clock = clock;
    }

    /** Whether a row about a request from that address may be written now. */
    synchronized boolean admits(String address) {
        Instant now = clock.instant();
        if (!now.isBefore(end)) {
            end = now.plus(WINDOW);
            byAddress.clear();
            written = 0;
        }
        // the map grows with rows written only, and so is bounded
        if (written >= OF_NODE || byAddress.getOrDefault(address, 0) >= OF_ADDRESS) {
            leftOut++;
            return false;
        }
        written++;
        byAddress.merge(address, 1, Integer::sum);
        return true;
    }

    /** How many were left out and not yet told. */
    synchronized long leftOut() {
        return leftOut;
    }

    /** So many of those that were left out are told. */
    synchronized void told(long count) {
        leftOut -= count;
    }
}
