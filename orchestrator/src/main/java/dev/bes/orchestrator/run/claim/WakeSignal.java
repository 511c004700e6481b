package dev.bes.orchestrator.run.claim;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** A bell that wakes one of those who wait for it, or else the next who comes to wait. */
final class WakeSignal {
    private final BlockingQueue<Boolean> rung = new ArrayBlockingQueue<>(1);

    /** Rings; one that rings already goes on ringing. */
    void ring() {
        rung.offer(true);
    }

    /** Waits for a ring, or until the time is over; whether it was for us. */
    boolean await(Duration atMost) throws InterruptedException {
        return rung.poll(atMost.toNanos(), TimeUnit.NANOSECONDS) != null;
    }
}
