package dev.bes.orchestrator.run;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Does several things at the same time: none begins before all are ready. */
public final class Parallel {
    private Parallel() {}

    /** The results in order; the first thing that fails fails all. */
    public static <T> List<T> all(List<? extends Callable<T>> things) {
        CyclicBarrier ready = new CyclicBarrier(things.size());
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<T>> results = things.stream()
                    .map(thing -> threads.submit(() -> {
                        ready.await();
                        return thing.call();
                    }))
                    .toList();
            return results.stream().map(Parallel::result).toList();
        }
    }

    /** Does the same with each of several things. */
    public static <T> void each(List<T> things, Consumer<T> what) {
        all(things.stream()
                .<Callable<Boolean>>map(thing -> () -> {
                    what.accept(thing);
                    return true;
                })
                .toList());
    }

    private static <T> T result(Future<T> future) {
        try {
            return future.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }
}
