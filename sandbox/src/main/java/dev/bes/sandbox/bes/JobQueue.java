package dev.bes.sandbox.bes;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The queue of one endpoint: first in, first out, with a limit of concurrent jobs. Source: the FAQ ("40 requests at a time") and
 * "dedicated capacity for BES jobs" (FIFO).
 */
final class JobQueue {

    private final int maxConcurrentJobs;
    private final Consumer<Execution> runner;
    private final Deque<Job> waiting = new ArrayDeque<>();
    private int running;

    JobQueue(int maxConcurrentJobs, Consumer<Execution> runner) {
        this.maxConcurrentJobs = maxConcurrentJobs;
        this.runner = runner;
    }

    /** Queues a started job. */
    void add(Job job) {
        synchronized (this) {
            waiting.add(job);
        }
        runWhatFits();
    }

    /** Notes that this number of jobs no longer runs. */
    void release(int jobs) {
        synchronized (this) {
            running -= jobs;
        }
        runWhatFits();
    }

    /** The jobs that wait, the next one first; one that runs a second time may be in it twice. */
    List<Job> waiting() {
        List<Job> all;
        synchronized (this) {
            all = List.copyOf(waiting);
        }
        return all.stream().filter(Job::isQueued).toList();
    }

    private void runWhatFits() {
        for (Execution next = next(); next != null; next = next()) {
            runner.accept(next);
        }
    }

    private synchronized @Nullable Execution next() {
        while (running < maxConcurrentJobs && !waiting.isEmpty()) {
            Execution first = waiting.remove().run();
            if (first != null) {
                running++;
                return first;
            }
        }
        return null;
    }
}
