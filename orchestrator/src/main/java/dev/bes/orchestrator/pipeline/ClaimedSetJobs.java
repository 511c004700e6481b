package dev.bes.orchestrator.pipeline;

import dev.bes.orchestrator.run.Claim;
import java.util.List;
import java.util.UUID;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.ChunkOrientedStepBuilder;
import org.springframework.batch.infrastructure.item.ItemProcessor;
import org.springframework.batch.infrastructure.item.ItemWriter;
import org.springframework.batch.infrastructure.item.support.ListItemReader;
import org.springframework.batch.infrastructure.support.transaction.ResourcelessTransactionManager;
import org.springframework.stereotype.Component;

/**
 * Runs one claimed set through one chunk-oriented Spring Batch step: items processed side by side, written as one chunk.
 * Every set is a job instance of its own and none is ever restarted: what is left undone is due again by its rows.
 */
@Component
class ClaimedSetJobs {
    private final JobRepository repository;
    private final JobOperator operator;
    private final Calls calls;

    ClaimedSetJobs(JobRepository repository, JobOperator operator, Calls calls) {
        this.repository = repository;
        this.operator = operator;
        this.calls = calls;
    }

    /**
     * Runs a set.
     *
     * @throws IllegalStateException if the step did not complete; the leases of the set then run out by themselves
     */
    <O> void run(String name, List<Claim> set, ItemProcessor<Claim, O> processor, ItemWriter<O> writer) {
        Job job = new JobBuilder(name, repository)
                .start(step(name, set, processor, writer))
                .build();
        try {
            JobExecution execution = operator.start(
                    job,
                    new JobParametersBuilder()
                            .addString("launch", UUID.randomUUID().toString())
                            .toJobParameters());
            if (execution.getStatus() != BatchStatus.COMPLETED) {
                throw new IllegalStateException(
                        "A " + name + " set ended as " + execution.getStatus(),
                        execution.getAllFailureExceptions().stream().findFirst().orElse(null));
            }
        } catch (JobExecutionException e) {
            throw new IllegalStateException("A " + name + " set could not be run", e);
        }
    }

    private <O> Step step(String name, List<Claim> set, ItemProcessor<Claim, O> processor, ItemWriter<O> writer) {
        // resourceless: the writer commits its own short transactions, and a database restart during remote calls must
        // not leave the step in a state that nobody can clear; one more than the set: the chunk ends the reading
        return new ChunkOrientedStepBuilder<Claim, O>(name, repository, set.size() + 1)
                .reader(new ListItemReader<>(set))
                .processor(processor)
                .writer(writer)
                .transactionManager(new ResourcelessTransactionManager())
                .taskExecutor(calls.executor(set.getFirst().endpoint()))
                .build();
    }
}
