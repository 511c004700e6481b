package dev.bes.orchestrator.trigger;

import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Knows that this node is ending, which a scheduler that stands by can't be told from. */
@Component
class Ending implements SmartLifecycle {
    private volatile boolean running;
    private volatile boolean ending;

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
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
