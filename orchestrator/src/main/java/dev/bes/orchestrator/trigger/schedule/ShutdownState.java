package dev.bes.orchestrator.trigger.schedule;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Tells whether this node is shutting down; a scheduler in standby does not tell why it is. */
@Component
class ShutdownState implements SmartLifecycle {
    private volatile boolean running;
    private volatile boolean shuttingDown;
    private final CountDownLatch stopped = new CountDownLatch(1);

    /** Waits for a time, or until this node shuts down. */
    void pause(Duration time) {
        try {
            stopped.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    boolean isShuttingDown() {
        return shuttingDown;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        shuttingDown = true;
        stopped.countDown();
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
