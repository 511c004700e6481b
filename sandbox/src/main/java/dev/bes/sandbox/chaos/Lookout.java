package dev.bes.sandbox.chaos;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.NavigableSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Notes when a node said that it was ready: an instant of a schedule that no node could see needs no run of its own. */
final class Lookout implements AutoCloseable {

    private static final long EVERY_MILLIS = 500;

    private final NodeApi api;
    private final InstantSource clock;
    private final NavigableSet<Instant> sightings = new ConcurrentSkipListSet<>();
    private final CountDownLatch over = new CountDownLatch(1);

    /** Looks at all nodes until it is closed; one that does not answer holds up none of the others. */
    Lookout(NodeApi api, List<ChaosNode> nodes, InstantSource clock) {
        this.api = api;
        this.clock = clock;
        nodes.forEach(node -> Thread.ofVirtual().name("lookout-" + node.name()).start(() -> watch(node)));
    }

    /** In how many of the seconds from an instant on, within a time, some node was ready. */
    long secondsReady(Instant from, Duration within) {
        return sightings.subSet(from, from.plus(within)).stream()
                .map(Instant::getEpochSecond)
                .distinct()
                .count();
    }

    private void watch(ChaosNode node) {
        try {
            while (!over.await(EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
                if (api.isReady(node.url())) {
                    sightings.add(clock.instant());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        over.countDown();
    }
}
