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
    private final Consumer<Job> runner;
    private final Deque<Job> waiting = new ArrayDeque<>();
    private int taken;

    JobQueue(int places, Consumer<Job> runner) {
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

    /** Gives back the place of a job that was running. */
    void release() {
        synchronized (this) {
            taken--;
        }
        runWhatFits();
    }

    private void runWhatFits() {
        for (Job next = next(); next != null; next = next()) {
            runner.accept(next);
        }
    }

    private synchronized @Nullable Job next() {
        while (taken < places) {
            Job first = waiting.poll();
            if (first == null || first.run()) {
                taken += first == null ? 0 : 1;
                return first;
            }
        }
        return null;
    }
}
