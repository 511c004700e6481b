package dev.bes.benchmarks.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/** No engine: the calls on virtual threads. What it costs nobody can save; what it loses in a crash is lost. */
final class Bare implements Engine {

    private final Steps steps;
    private final Semaphore places = new Semaphore(Kind.CALLS_AT_ONCE);

    Bare(Steps steps) {
        this.steps = steps;
    }

    @Override
    public void score(List<String> names, Folders folders) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Boolean>> all = new ArrayList<>();
            names.forEach(name -> all.add(() -> score(folders.scoring(name))));
            for (Future<Boolean> one : threads.invokeAll(all)) {
                one.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private boolean score(Scoring scoring) throws InterruptedException {
        places.acquire();
        try {
            steps.all(scoring);
            return true;
        } finally {
            places.release();
        }
    }

    @Override
    public void close() {}
}
