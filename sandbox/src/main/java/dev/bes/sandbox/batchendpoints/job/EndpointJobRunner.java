package dev.bes.sandbox.batchendpoints.job;

import com.azure.storage.blob.models.BlobStorageException;
import dev.bes.sandbox.catalogue.Behaviour;
import dev.bes.sandbox.journal.Journal;
import dev.bes.sandbox.journal.JournalEntry.Event;
import dev.bes.sandbox.model.ModuleFailure;
import dev.bes.sandbox.scoring.BlobAccess;
import dev.bes.sandbox.settings.EndpointAnswer.ExistingPredictions;
import dev.bes.sandbox.settings.NextFaults.Fault;
import dev.bes.sandbox.settings.RuntimeSettings;
import dev.bes.sandbox.settings.StateTimes;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Moves jobs through their states. A job waits without a thread, and scores on one of a few threads. */
final class EndpointJobRunner implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(EndpointJobRunner.class);
    private static final int THREADS = 4;
    private static final int CONFLICT = 409;

    private final ExecutorService workers = Executors.newFixedThreadPool(
            THREADS, Thread.ofPlatform().daemon().name("endpoint-job-", 1).factory());
    private final FileScoring scoring;
    private final Journal journal;
    private final RuntimeSettings settings;

    EndpointJobRunner(FileScoring scoring, Journal journal, RuntimeSettings settings) {
        this.scoring = scoring;
        this.journal = journal;
        this.settings = settings;
    }

    /** Runs a job that is Preparing to its end. */
    void run(EndpointJob job) {
        Deque<JobStatus> states = new ArrayDeque<>(List.of(JobStatus.QUEUED, JobStatus.RUNNING));
        if (settings.take(Fault.GOES_BACK)) {
            states.addAll(List.of(JobStatus.QUEUED, JobStatus.RUNNING));
        }
        after(times().preparing(), job, () -> next(job, states));
    }

    /** Asks for the cancellation of a job, which ends some time later. */
    void cancel(EndpointJob job) {
        if (job.requestCancel() && !settings.take(Fault.CANCEL_HANGS)) {
            after(times().cancelling(), job, job::endCancel);
        }
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }

    private void next(EndpointJob job, Deque<JobStatus> states) {
        JobStatus state = states.poll();
        if (state == null) {
            finish(job);
        } else if (job.move(state)) {
            boolean hangs = state == JobStatus.RUNNING && job.spec().service().behaviour() == Behaviour.HANGS;
            if (!hangs) {
                after(state == JobStatus.QUEUED ? times().queued() : times().running(), job, () -> next(job, states));
            }
        }
    }

    private void finish(EndpointJob job) {
        if (job.isActive()) {
            Optional<FileScoring.Written> written = scoring.score(job);
            if (job.move(JobStatus.FINALIZING)) {
                after(times().finalizing(), job, () -> complete(job, written));
            }
        }
    }

    private void complete(EndpointJob job, Optional<FileScoring.Written> written) {
        Duration delay = settings.assumptions().outputDelay();
        if (delay.isZero() && job.isActive()) {
            written.ifPresent(it -> publish(job, it));
        }
        if (job.move(JobStatus.COMPLETED) && delay.isPositive()) {
            after(delay, job, () -> written.ifPresent(it -> publish(job, it)));
        }
    }

    private void publish(EndpointJob job, FileScoring.Written written) {
        try {
            String sha256 = written.blob().commit(false);
            journal.append(
                    Event.OUTPUT,
                    job.name(),
                    Map.of(
                            "name", job.spec().outputName(),
                            "path", job.output().path(),
                            "sha256", sha256,
                            "rows", written.rows()));
        } catch (BlobStorageException e) {
            boolean kept =
                    e.getStatusCode() == CONFLICT && settings.assumptions().has(ExistingPredictions.KEPT);
            if (!kept) {
                throw BlobAccess.refused(job.output(), e);
            }
        }
    }

    private StateTimes times() {
        return settings.batchEndpoints().stateTimes();
    }

    private void after(Duration wait, EndpointJob job, Runnable step) {
        Runnable guarded = () -> guard(job, step);
        if (wait.isZero()) {
            workers.execute(guarded);
        } else {
            CompletableFuture.delayedExecutor(wait.toNanos(), TimeUnit.NANOSECONDS, workers)
                    .execute(guarded);
        }
    }

    private void guard(EndpointJob job, Runnable step) {
        try {
            step.run();
        } catch (ModuleFailure e) {
            job.fail(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            if (!workers.isShutdown()) {
                log.warn("Job {} failed inside", job.name(), e);
                job.fail("The job failed inside; the log of the sandbox says why.");
            }
        }
    }
}
