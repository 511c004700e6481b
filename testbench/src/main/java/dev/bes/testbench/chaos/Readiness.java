package dev.bes.testbench.chaos;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.concurrent.ConcurrentSkipListSet;

/** When some node was ready: an instant of a schedule that no node could see needs no run of its own. */
final class Readiness {

    /** Well within the minute after which Quartz takes a fire for missed. */
    private static final Duration CATCH_UP = Duration.ofSeconds(40);

    private static final int ENOUGH_SECONDS = 10;

    private final NavigableSet<Instant> sightings = new ConcurrentSkipListSet<>();

    /** A node was ready then. */
    void seen(Instant time) {
        sightings.add(time);
    }

    /**
     * The instants, in their order, that fell into no outage. An outage begins when no node is ready for long enough after
     * an instant, and lasts until one is: when Quartz comes back after a minute it fires once for all that it missed, also
     * for what was missed a moment ago.
     */
    List<Instant> outsideOfOutages(List<Instant> instants) {
        List<Instant> outside = new ArrayList<>();
        Instant missed = null;
        for (Instant time : instants) {
            if (secondsReady(time, time.plus(CATCH_UP)) < ENOUGH_SECONDS) {
                missed = time;
            } else if (missed == null || secondsReady(missed, time) >= ENOUGH_SECONDS) {
                outside.add(time);
                missed = null;
            }
        }
        return outside;
    }

    private long secondsReady(Instant from, Instant to) {
        return sightings.subSet(from, to).stream()
                .map(Instant::getEpochSecond)
                .distinct()
                .count();
    }
}
