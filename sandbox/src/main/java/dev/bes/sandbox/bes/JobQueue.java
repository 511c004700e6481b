package dev.bes.sandbox.bes;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The queue of one endpoint: first in, first out, so many jobs at a time. Source: the FAQ ("40 requests at a time") and
 * "dedicated capacity for BES jobs" (FIFO).
 */
final class JobQueue {

    private final int places;
    private final Consumer<Execution> runner;
    private final Deque<Job> waiting = new ArrayDeque<>();
    private int taken;

    JobQueue(int places, Consumer<Execution> runner) {
        this.places = places;
        this.runner = runner;
    }

    /** Queues a started job. */
    void add(Job job) {
        synchronized (this) {
            waiting.add(job);
        }
        runWhatFits();
    }

    /** Gives back places of jobs that were running. */
    void release(int places) {
        synchronized (this) {
            taken -= places;
        }
        runWhatFits();
    }

    private void runWhatFits() {
        for (Execution next = next(); next != null; next = next()) {
            runner.accept(next);
        }
    }

    private synchronized @Nullable Execution next() {
        while (taken < places && !waiting.isEmpty()) {
            Execution first = waiting.remove().run();
            if (first != null) {
                taken++;
                return first;
            }
        }
        return null;
    }
}
