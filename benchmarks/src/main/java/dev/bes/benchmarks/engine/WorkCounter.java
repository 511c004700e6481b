package dev.bes.benchmarks.engine;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Counts the accepted files that are not scored yet, and keeps the first failure. */
final class WorkCounter {

    private final AtomicLong left = new AtomicLong();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    void taken(int scorings) {
        left.addAndGet(scorings);
    }

    void done() {
        left.decrementAndGet();
    }

    void failed(Throwable cause) {
        failure.compareAndSet(null, cause);
    }

    /** Scores one file and counts it. */
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
    Throwable failure() {
        return failure.get();
    }
}
