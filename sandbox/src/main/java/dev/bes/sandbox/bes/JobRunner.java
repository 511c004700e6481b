package dev.bes.sandbox.bes;

import dev.bes.sandbox.catalogue.Behaviour;
import dev.bes.sandbox.model.ModuleFailure;
import dev.bes.sandbox.settings.RuntimeSettings;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs jobs. A running job waits for its service time without a thread, then scores on one of a few threads. */
final class JobRunner implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(JobRunner.class);
    private static final int THREADS = 8;

    private final ExecutorService workers = Executors.newFixedThreadPool(
            THREADS, Thread.ofPlatform().daemon().name("job-", 1).factory());
    private final JobScoring scoring;
    private final RuntimeSettings settings;

    JobRunner(JobScoring scoring, RuntimeSettings settings) {
        this.scoring = scoring;
        this.settings = settings;
    }

    /** Runs a job to its end and then reports that it has ended. */
    void run(Execution execution, Runnable ended) {
        if (execution.job().service().behaviour() == Behaviour.HANGS) {
            return;
        }
        Duration wait = settings.serviceTime().draw();
        after(wait).execute(() -> {
            if (score(execution)) {
                ended.run();
            }
        });
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }

    private Executor after(Duration wait) {
        if (wait.isZero()) {
            return workers;
        }
        return CompletableFuture.delayedExecutor(wait.toNanos(), TimeUnit.NANOSECONDS, workers);
    }

    private boolean score(Execution execution) {
        if (!execution.isRunning()) {
            return false;
        }
        try {
            return end(execution, scoring.score(execution.job()));
        } catch (ModuleFailure e) {
            return execution.fail(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            if (workers.isShutdown()) {
                return false;
            }
            log.warn("Job {} failed inside", execution.job().id(), e);
            return execution.fail("Module execution encountered an internal library error.");
        }
    }

    private boolean end(Execution execution, ScoredOutputs made) {
        Duration delay = settings.assumptions().outputDelay();
        if (delay.isZero() && execution.isRunning()) {
            made.publish().run();
        }
        boolean finished = execution.finish(made.outputs());
        if (finished && delay.isPositive()) {
            after(delay).execute(() -> publishLate(execution.job(), made));
        }
        return finished;
    }

    private static void publishLate(Job job, ScoredOutputs made) {
        try {
            made.publish().run();
        } catch (ModuleFailure e) {
            log.warn("The output of job {}, which has finished, cannot be written", job.id(), e);
        }
    }
}
