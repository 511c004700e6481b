package dev.bes.testbench.chaos;

import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Asks all nodes again and again whether they are ready, and notes when one was. */
final class Lookout implements AutoCloseable {

    private static final long EVERY_MILLIS = 500;

    private final NodeApi api;
    private final InstantSource clock;
    private final Readiness readiness = new Readiness();
    private final CountDownLatch over = new CountDownLatch(1);

    /** Looks at all nodes until it is closed; one that does not answer holds up none of the others. */
    Lookout(NodeApi api, List<ChaosNode> nodes, InstantSource clock) {
        this.api = api;
        this.clock = clock;
        nodes.forEach(node -> Thread.ofVirtual().name("lookout-" + node.name()).start(() -> watch(node)));
    }

    Readiness readiness() {
        return readiness;
    }

    private void watch(ChaosNode node) {
        try {
            while (!over.await(EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
                if (api.isReady(node.url())) {
                    readiness.seen(clock.instant());
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
