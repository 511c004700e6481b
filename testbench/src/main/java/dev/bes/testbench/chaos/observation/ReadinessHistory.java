package dev.bes.testbench.chaos.observation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.concurrent.ConcurrentSkipListSet;

/** When at least one node was ready: a fire time during an outage of all nodes needs no run of its own. */
public final class ReadinessHistory {

    /** Shorter than the minute after which Quartz treats a fire time as missed (misfire threshold). */
    private static final Duration CATCH_UP_TIME = Duration.ofSeconds(40);

    private static final int ENOUGH_SECONDS = 10;

    private final NavigableSet<Instant> readyTimes = new ConcurrentSkipListSet<>();

    /** Records that a node was ready. */
    void add(Instant time) {
        readyTimes.add(time);
    }

    /**
     * The fire times outside of outages, in order. An outage begins at a fire time after which no node is ready for 10 s; it
     * ends when a node was ready for 10 s. After an outage Quartz fires once for all fire times that it missed, the last
     * one included.
     */
    public List<Instant> outsideOfOutages(List<Instant> instants) {
        List<Instant> outside = new ArrayList<>();
        Instant missed = null;
        for (Instant time : instants) {
            if (secondsReady(time, time.plus(CATCH_UP_TIME)) < ENOUGH_SECONDS) {
                missed = time;
            } else if (missed == null || secondsReady(missed, time) >= ENOUGH_SECONDS) {
                outside.add(time);
                missed = null;
            }
        }
        return outside;
    }

    private long secondsReady(Instant from, Instant to) {
        return readyTimes.subSet(from, to).stream()
                .map(Instant::getEpochSecond)
                .distinct()
                .count();
    }
}
