package dev.bes.orchestrator.trigger.schedule;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Knows that this node is ending, which a scheduler that stands by can't be told from. */
@Component
class ShutdownState implements SmartLifecycle {
    private volatile boolean running;
    private volatile boolean ending;
    private final CountDownLatch ended = new CountDownLatch(1);

    /** Waits for so long, or until this node ends. */
    void pause(Duration time) {
        try {
            ended.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    boolean isEnding() {
        return ending;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        ending = true;
        ended.countDown();
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
