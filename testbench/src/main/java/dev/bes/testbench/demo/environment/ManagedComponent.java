package dev.bes.testbench.demo.environment;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A component that is stopped in any case, even when Ctrl-C interrupts its start. */
final class ManagedComponent<T extends AutoCloseable> implements AutoCloseable {

    private final String name;
    private @Nullable T started;
    private boolean over;

    ManagedComponent(String name) {
        this.name = name;
    }

    /**
     * Starts it. A stop waits for the end of the start.
     *
     * @throws DemoFailure when the demo is being stopped
     */
    synchronized T start(Supplier<T> starter) {
        if (over) {
            throw new DemoFailure("Stopped before " + name + " was started");
        }
        T part = starter.get();
        started = part;
        return part;
    }

    /** Stops it; it may be started again. */
    @SuppressWarnings("try") // closing does not interrupt
    synchronized void stop() {
        T part = started;
        started = null;
        if (part != null) {
            try {
                part.close();
            } catch (Exception e) {
                throw new DemoFailure("Could not stop " + name + ": " + e.getMessage(), e);
            }
        }
    }

    /** Stops it for good. */
    @Override
    public synchronized void close() {
        over = true;
        stop();
    }
}
