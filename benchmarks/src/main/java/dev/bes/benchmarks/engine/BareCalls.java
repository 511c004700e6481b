package dev.bes.benchmarks.engine;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/** No engine: the calls on virtual threads. What it costs nobody can save; what it loses in a crash is lost. */
final class BareCalls implements Engine {

    private final ScoringSteps steps;
    private final WorkCounter tally;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore places;

    /** @param callsAtOnce how many files are at work at a time */
    BareCalls(ScoringSteps steps, WorkCounter tally, int callsAtOnce) {
        this.steps = steps;
        this.tally = tally;
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
                tally.count(() -> steps.all(scoring));
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
