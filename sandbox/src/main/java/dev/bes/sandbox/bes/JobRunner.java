package dev.bes.sandbox.bes;

import dev.bes.sandbox.blob.BlobReference;
import dev.bes.sandbox.catalogue.Behaviour;
import dev.bes.sandbox.hashing.ModuleFailure;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs jobs: a running job waits out its service time without a thread, then scores on one of a few. */
final class JobRunner implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(JobRunner.class);
    private static final int THREADS = 8;

    private final ExecutorService workers = Executors.newFixedThreadPool(
            THREADS, Thread.ofPlatform().daemon().name("job-", 1).factory());
    private final JobScoring scoring;
    private volatile ServiceTime serviceTime;

    JobRunner(JobScoring scoring, ServiceTime serviceTime) {
        this.scoring = scoring;
        this.serviceTime = serviceTime;
    }

    ServiceTime serviceTime() {
        return serviceTime;
    }

    void serviceTime(ServiceTime time) {
        serviceTime = time;
    }

    /** Runs a job to its end and then reports that its place is free. */
    void run(Job job, Consumer<Job> ended) {
        if (job.service().behaviour() == Behaviour.HANGS) {
            return;
        }
        Duration wait = serviceTime.draw();
        after(wait).execute(() -> {
            if (score(job)) {
                ended.accept(job);
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

    private boolean score(Job job) {
        if (!job.isRunning()) {
            return false;
        }
        try {
            Map<String, BlobReference> outputs = scoring.score(job);
            return job.finish(outputs);
        } catch (ModuleFailure e) {
            return job.fail(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            if (workers.isShutdown()) {
                return false;
            }
            log.warn("Job {} failed inside", job.id(), e);
            return job.fail("Module execution encountered an internal library error.");
        }
    }
}
