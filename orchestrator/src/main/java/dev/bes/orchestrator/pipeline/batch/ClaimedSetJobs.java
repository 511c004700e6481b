package dev.bes.orchestrator.pipeline.batch;

import dev.bes.orchestrator.pipeline.ConcurrentCalls;
import dev.bes.orchestrator.pipeline.ItemGuard;
import dev.bes.orchestrator.pipeline.Outcome;
import dev.bes.orchestrator.pipeline.PipelineSettings;
import dev.bes.orchestrator.pipeline.collect.Collect;
import dev.bes.orchestrator.pipeline.collect.Fetch;
import dev.bes.orchestrator.pipeline.launch.Launch;
import dev.bes.orchestrator.pipeline.launch.Stage;
import dev.bes.orchestrator.run.Claim;
import java.util.Objects;
import org.springframework.batch.core.configuration.annotation.StepScope;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.parameters.DefaultJobParametersValidator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.scope.context.StepSynchronizationManager;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.item.ItemProcessor;
import org.springframework.batch.infrastructure.item.ItemReader;
import org.springframework.batch.infrastructure.item.ItemWriter;
import org.springframework.batch.infrastructure.item.support.ListItemReader;
import org.springframework.batch.infrastructure.support.transaction.ResourcelessTransactionManager;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.AsyncTaskExecutor;

/**
 * The jobs that process a claimed set, each of one chunk-oriented step. The step reads the claims of the set, processes them in
 * parallel on the threads of their endpoint, and writes all outcomes as one chunk.
 */
@Configuration(proxyBeanMethods = false)
class ClaimedSetJobs {
    private final JobRepository repository;
    private final PipelineSettings settings;
    private final AsyncTaskExecutor threads;

    ClaimedSetJobs(JobRepository repository, PipelineSettings settings, ConcurrentCalls concurrentCalls) {
        this.repository = repository;
        this.settings = settings;
        this.threads = task -> concurrentCalls.executor(endpoint()).execute(task);
    }

    /** Stages the inputs of a set, then submits and starts its remote jobs. */
    @Bean
    Job launchJob(Step launchStep) {
        return job("launchJob", launchStep);
    }

    @Bean
    Step launchStep(
            ItemReader<Claim> claimedSetReader,
            ItemProcessor<Claim, Outcome> stagingProcessor,
            ItemWriter<Outcome> launchingWriter) {
        return step("launchStep", claimedSetReader, stagingProcessor, launchingWriter);
    }

    @Bean
    ItemProcessor<Claim, Outcome> stagingProcessor(ItemGuard itemGuard, Stage stage) {
        return claim -> itemGuard.run(claim, stage::stage);
    }

    @Bean
    ItemWriter<Outcome> launchingWriter(Launch launch) {
        return chunk -> launch.launch(chunk.getItems());
    }

    /** Fetches and checks the outputs of a set, then accepts them. */
    @Bean
    Job collectJob(Step collectStep) {
        return job("collectJob", collectStep);
    }

    @Bean
    Step collectStep(
            ItemReader<Claim> claimedSetReader,
            ItemProcessor<Claim, Outcome> fetchingProcessor,
            ItemWriter<Outcome> acceptingWriter) {
        return step("collectStep", claimedSetReader, fetchingProcessor, acceptingWriter);
    }

    @Bean
    ItemProcessor<Claim, Outcome> fetchingProcessor(ItemGuard itemGuard, Fetch fetch) {
        return claim -> itemGuard.run(claim, fetch::fetch);
    }

    @Bean
    ItemWriter<Outcome> acceptingWriter(Collect collect) {
        return chunk -> collect.accept(chunk.getItems());
    }

    /** Reads the claims of the set that a job was started for. */
    @Bean
    @StepScope
    ItemReader<Claim> claimedSetReader(
            @Value("#{jobParameters['" + ClaimedSets.SET + "']}") String set, ClaimedSets sets) {
        return new ListItemReader<>(sets.get(set));
    }

    private Job job(String name, Step step) {
        return new JobBuilder(name, repository)
                .validator(new DefaultJobParametersValidator(
                        new String[] {ClaimedSets.SET, ClaimedSets.ENDPOINT, ClaimedSets.SIZE}, new String[0]))
                .preventRestart()
                .listener(new FailureReasonListener())
                .start(step)
                .build();
    }

    private Step step(
            String name,
            ItemReader<Claim> reader,
            ItemProcessor<Claim, Outcome> processor,
            ItemWriter<Outcome> writer) {
        return new StepBuilder(name, repository)
                // one more than the largest set, so that one chunk reads it to its end
                .<Claim, Outcome>chunk(settings.setSize() + 1)
                .reader(reader)
                .processor(processor)
                .writer(writer)
                // resourceless: the writer commits its own short transactions, and no connection is held during remote
                // calls
                .transactionManager(new ResourcelessTransactionManager())
                .taskExecutor(threads)
                .listener(new OutcomeCountListener())
                .build();
    }

    /** The endpoint of the set that the step on this thread processes. */
    private static String endpoint() {
        return Objects.requireNonNull(Objects.requireNonNull(StepSynchronizationManager.getContext())
                .getStepExecution()
                .getJobParameters()
                .getString(ClaimedSets.ENDPOINT));
    }
}
