package dev.bes.orchestrator.trigger.arrival;

import dev.bes.orchestrator.trigger.arrival.LogOnce.Work;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/** Work on many files of which each waits for a commit of its own, some at a time. */
final class ParallelWork {
    /** Each takes a connection to the database. */
    private static final int AT_A_TIME = 4;

    private final Semaphore places = new Semaphore(AT_A_TIME);
    private final Executor threads = Executors.newVirtualThreadPerTaskExecutor();

    /** Work on one of many files that may fail. */
    @FunctionalInterface
    interface WorkOn<T> {
        void run(T item) throws IOException;
    }

    /** Begins all work; for each, in the same order, returns what waits for it and fails as it has failed. */
    <T> List<Work> begin(List<T> items, WorkOn<T> work) {
        List<CompletableFuture<Void>> underWay = items.stream()
                .map(item -> CompletableFuture.runAsync(() -> runInPlace(item, work), threads))
                .toList();
        return underWay.stream().<Work>map(one -> () -> await(one)).toList();
    }

    private <T> void runInPlace(T item, WorkOn<T> work) {
        places.acquireUninterruptibly();
        try {
            work.run(item);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            places.release();
        }
    }

    private static void await(CompletableFuture<Void> work) throws IOException {
        try {
            work.join();
        } catch (CompletionException e) {
            switch (e.getCause()) {
                case UncheckedIOException wrapped -> throw wrapped.getCause();
                case RuntimeException reason -> throw reason;
                case Error reason -> throw reason;
                case null, default -> throw e;
            }
        }
    }
}
