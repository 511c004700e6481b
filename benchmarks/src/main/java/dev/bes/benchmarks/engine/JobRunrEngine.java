package dev.bes.benchmarks.engine;

import static org.jobrunr.server.BackgroundJobServerConfiguration.usingStandardBackgroundJobServerConfiguration;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.jobrunr.configuration.JobRunr;
import org.jobrunr.jobs.annotations.Job;
import org.jobrunr.scheduling.JobScheduler;
import org.jobrunr.server.JobActivator;
import org.jobrunr.storage.sql.common.SqlStorageProviderFactory;
import org.jobrunr.utils.mapper.jackson3.Jackson3JsonMapper;
import org.jspecify.annotations.Nullable;

/** One JobRunr job per scoring, enqueued in bulk; its retries are its own. */
final class JobRunrEngine implements Engine {

    private final Worker worker;
    private final JobScheduler scheduler;

    JobRunrEngine(DataSource database, ScoringSteps steps, WorkCounter counter) {
        worker = new Worker(steps, counter);
        scheduler = JobRunr.configure()
                .useJsonMapper(new Jackson3JsonMapper())
                .useJobActivator(activator(worker))
                .useStorageProvider(SqlStorageProviderFactory.using(database))
                .useBackgroundJobServer(usingStandardBackgroundJobServerConfiguration()
                        .andWorkerCount(EngineKind.CALLS_AT_ONCE)
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
        private final ScoringSteps steps;
        private final WorkCounter counter;

        Worker(ScoringSteps steps, WorkCounter counter) {
            this.steps = steps;
            this.counter = counter;
        }

        /** Scores one file. */
        @Job(name = "Score %0")
        public void score(String scoring) {
            counter.count(() -> steps.all(Scoring.parse(scoring)));
        }
    }

    @Override
    public void take(List<Scoring> scorings) {
        scheduler.<Worker, String>enqueue(
                scorings.stream().map(Scoring::line), (worker, scoring) -> worker.score(scoring));
    }

    @Override
    public void take(Scoring scoring) {
        String line = scoring.line();
        scheduler.<Worker>enqueue(worker -> worker.score(line));
    }

    @Override
    public void close() {
        Objects.requireNonNull(JobRunr.destroy());
    }
}
