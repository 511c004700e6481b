package dev.bes.benchmarks.engine;

import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.configuration.support.MapJobRegistry;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.launch.support.JobOperatorFactoryBean;
import org.springframework.batch.core.listener.JobExecutionListener;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.repository.support.JdbcJobRepositoryFactoryBean;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.annotation.Isolation;

/** One Spring Batch job per remote job: a step for each call, so that a restart continues after the last one. */
final class SpringBatchEngine implements Engine {

    private final JobRepository repository;
    private final JobOperator operator;
    private final JdbcTransactionManager transactions;
    private final SimpleAsyncTaskExecutor threads = new SimpleAsyncTaskExecutor("job-");
    private final Job job;

    SpringBatchEngine(DataSource database, ScoringSteps steps, WorkCounter counter) throws Exception {
        transactions = new JdbcTransactionManager(database);
        JdbcJobRepositoryFactoryBean repositoryFactory = new JdbcJobRepositoryFactoryBean();
        repositoryFactory.setDataSource(database);
        repositoryFactory.setTransactionManager(transactions);
        // with the default isolation level concurrent launches fail
        repositoryFactory.setIsolationLevelForCreateEnum(Isolation.READ_COMMITTED);
        repositoryFactory.afterPropertiesSet();
        repository = repositoryFactory.getObject();
        threads.setVirtualThreads(true);
        threads.setConcurrencyLimit(EngineKind.CALLS_AT_ONCE);
        operator = operator();
        job = new JobBuilder("scoring", repository)
                .listener(atEnd(counter))
                .start(step("stage", (scoring, context) -> steps.stage(scoring)))
                .next(step("submit", (scoring, context) -> jobContext(context).putString("job", steps.submit(scoring))))
                .next(step("start", (scoring, context) -> steps.start(remoteJob(context))))
                .next(step("await", (scoring, context) -> steps.await(remoteJob(context))))
                .next(step("fetch", (scoring, context) -> steps.fetch(scoring)))
                .build();
    }

    private JobOperator operator() throws Exception {
        JobOperatorFactoryBean factory = new JobOperatorFactoryBean();
        factory.setJobRepository(repository);
        factory.setJobRegistry(new MapJobRegistry());
        factory.setTransactionManager(transactions);
        factory.setTaskExecutor(threads);
        factory.afterPropertiesSet();
        return factory.getObject();
    }

    @FunctionalInterface
    private interface Part {
        void run(Scoring scoring, ChunkContext context);
    }

    private Step step(String name, Part part) {
        return new StepBuilder(name, repository)
                .tasklet(
                        (contribution, context) -> {
                            part.run(scoring(context), context);
                            return RepeatStatus.FINISHED;
                        },
                        transactions)
                .build();
    }

    private static Scoring scoring(ChunkContext context) {
        return Scoring.parse(
                String.valueOf(context.getStepContext().getJobParameters().get("scoring")));
    }

    private static ExecutionContext jobContext(ChunkContext context) {
        return context.getStepContext().getStepExecution().getJobExecution().getExecutionContext();
    }

    private static String remoteJob(ChunkContext context) {
        return jobContext(context).getString("job");
    }

    private static JobExecutionListener atEnd(WorkCounter counter) {
        return new JobExecutionListener() {
            @Override
            public void afterJob(JobExecution execution) {
                if (execution.getStatus() == BatchStatus.COMPLETED) {
                    counter.done();
                } else {
                    counter.failed(execution.getAllFailureExceptions().getFirst());
                }
            }
        };
    }

    @Override
    public void take(List<Scoring> scorings) {
        scorings.forEach(this::take);
    }

    @Override
    public void take(Scoring scoring) {
        try {
            operator.start(
                    job,
                    new JobParametersBuilder()
                            .addString("scoring", scoring.line())
                            .addString("asked", UUID.randomUUID().toString())
                            .toJobParameters());
        } catch (JobExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        threads.close();
    }
}
