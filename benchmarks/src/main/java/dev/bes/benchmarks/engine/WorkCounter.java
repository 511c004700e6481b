package dev.bes.benchmarks.engine;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** How much an engine has taken on and not done yet, and what went wrong first. */
final class WorkCounter {

    private final AtomicLong left = new AtomicLong();
    private final AtomicReference<@Nullable Throwable> trouble = new AtomicReference<>();

    void taken(int scorings) {
        left.addAndGet(scorings);
    }

    void done() {
        left.decrementAndGet();
    }

    void failed(Throwable cause) {
        trouble.compareAndSet(null, cause);
    }

    /** Does what scores one file, and counts it. */
    void count(Runnable score) {
        try {
            score.run();
            done();
        } catch (RuntimeException e) {
            failed(e);
            throw e;
        }
    }

    long left() {
        return left.get();
    }

    @Nullable
    Throwable trouble() {
        return trouble.get();
    }
}
