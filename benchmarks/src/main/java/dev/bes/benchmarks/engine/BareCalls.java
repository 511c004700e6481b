package dev.bes.benchmarks.engine;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/** No engine: the calls on virtual threads. It is the lower bound of the cost; a crash loses its work. */
final class BareCalls implements Engine {

    private final ScoringSteps steps;
    private final WorkCounter counter;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore places;

    /** @param callsAtOnce how many files are scored at a time */
    BareCalls(ScoringSteps steps, WorkCounter counter, int callsAtOnce) {
        this.steps = steps;
        this.counter = counter;
        this.places = new Semaphore(callsAtOnce);
    }

    @Override
    public void take(List<Scoring> scorings) {
        scorings.forEach(this::take);
    }

    @Override
    public void take(Scoring scoring) {
        threads.execute(() -> {
            places.acquireUninterruptibly();
            try {
                counter.count(() -> steps.all(scoring));
            } finally {
                places.release();
            }
        });
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
