package dev.bes.testbench.chaos.observation;

import dev.bes.testbench.chaos.environment.ChaosNode;
import dev.bes.testbench.chaos.environment.NodeApi;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Asks all nodes every half second whether they are ready, and records when one was. */
public final class ReadinessMonitor implements AutoCloseable {

    private static final long EVERY_MILLIS = 500;

    private final NodeApi api;
    private final InstantSource clock;
    private final ReadinessHistory history = new ReadinessHistory();
    private final CountDownLatch over = new CountDownLatch(1);

    /** Polls until it is closed. Each node has a thread of its own: a silent one delays no other. */
    public ReadinessMonitor(NodeApi api, List<ChaosNode> nodes, InstantSource clock) {
        this.api = api;
        this.clock = clock;
        nodes.forEach(node -> Thread.ofVirtual().name("monitor-" + node.name()).start(() -> watch(node)));
    }

    /** The observations so far. */
    public ReadinessHistory history() {
        return history;
    }

    private void watch(ChaosNode node) {
        try {
            while (!over.await(EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
                if (api.isReady(node.url())) {
                    history.add(clock.instant());
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
