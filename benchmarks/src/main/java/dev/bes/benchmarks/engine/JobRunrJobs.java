package dev.bes.benchmarks.engine;

import static org.jobrunr.server.BackgroundJobServerConfiguration.usingStandardBackgroundJobServerConfiguration;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import javax.sql.DataSource;
import org.jobrunr.configuration.JobRunr;
import org.jobrunr.jobs.annotations.Job;
import org.jobrunr.scheduling.JobScheduler;
import org.jobrunr.server.JobActivator;
import org.jobrunr.storage.sql.common.SqlStorageProviderFactory;
import org.jobrunr.utils.mapper.jackson3.Jackson3JsonMapper;
import org.jspecify.annotations.Nullable;

/** One JobRunr job per scoring, enqueued in bulk; its retries are its own. */
final class JobRunrJobs implements Engine {

    private final Worker worker;
    private final JobScheduler scheduler;

    JobRunrJobs(DataSource database, Steps steps) {
        worker = new Worker(steps);
        scheduler = JobRunr.configure()
                .useJsonMapper(new Jackson3JsonMapper())
                .useJobActivator(activator(worker))
                .useStorageProvider(SqlStorageProviderFactory.using(database))
                .useBackgroundJobServer(usingStandardBackgroundJobServerConfiguration()
                        .andWorkerCount(Kind.CALLS_AT_ONCE)
                        // the shortest that it allows; with work at hand it does not wait for it
                        .andPollInterval(Duration.ofSeconds(5)))
                .initialize()
                .getJobScheduler();
    }

    private static JobActivator activator(Worker worker) {
        return new JobActivator() {
            @Override
            @SuppressWarnings("TypeParameterUnusedInFormals")
            public <T> @Nullable T activateJob(Class<T> type) {
                return type.cast(worker);
            }
        };
    }

    /** What its jobs call. */
    public static final class Worker {
        private final Steps steps;
        private volatile CountDownLatch left = new CountDownLatch(0);

        Worker(Steps steps) {
            this.steps = steps;
        }

        /** Scores one file. */
        @Job(name = "Score %0")
        public void score(String name, String folders) {
            steps.all(Folders.parse(folders).scoring(name));
            left.countDown();
        }
    }

    @Override
    public void score(List<String> names, Folders folders) {
        worker.left = new CountDownLatch(names.size());
        String where = folders.work() + "\t" + folders.delivered();
        scheduler.<Worker, String>enqueue(names.stream(), (worker, name) -> worker.score(name, where));
        try {
            worker.left.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        Objects.requireNonNull(JobRunr.destroy());
    }
}
