package dev.bes.orchestrator.pipeline;

import dev.bes.orchestrator.run.Claim;
import java.util.List;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.repository.support.ResourcelessJobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.ChunkOrientedStepBuilder;
import org.springframework.batch.infrastructure.item.ExecutionContext;
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
    private final BatchBooks books;
    private final Calls calls;

    ClaimedSetJobs(BatchBooks books, Calls calls) {
        this.books = books;
        this.calls = calls;
    }

    /**
     * Runs a set.
     *
     * @throws IllegalStateException if the step did not complete; the leases of the set then run out by themselves
     */
    <O> void run(String name, List<Claim> set, ItemProcessor<Claim, O> processor, ItemWriter<O> writer) {
        JobRepository scratch = new ResourcelessJobRepository();
        Job job = new JobBuilder(name, scratch)
                .start(step(name, set, processor, writer, scratch))
                .build();
        JobParameters none = new JobParameters();
        JobExecution execution =
                scratch.createJobExecution(scratch.createJobInstance(name, none), none, new ExecutionContext());
        try {
            job.execute(execution);
        } catch (JobInterruptedException e) {
            throw new IllegalStateException("A " + name + " set was interrupted", e);
        }
        books.keep(execution);
        if (execution.getStatus() != BatchStatus.COMPLETED) {
            throw new IllegalStateException(
                    "A " + name + " set ended as " + execution.getStatus(),
                    execution.getAllFailureExceptions().stream().findFirst().orElse(null));
        }
    }

    private <O> Step step(
            String name,
            List<Claim> set,
            ItemProcessor<Claim, O> processor,
            ItemWriter<O> writer,
            JobRepository scratch) {
        // resourceless: the writer commits its own short transactions, and a database restart during remote calls must
        // not leave the step in a state that nobody can clear; one more than the set: the chunk ends the reading
        return new ChunkOrientedStepBuilder<Claim, O>(name, scratch, set.size() + 1)
                .reader(new ListItemReader<>(set))
                .processor(processor)
                .writer(writer)
                .transactionManager(new ResourcelessTransactionManager())
                .taskExecutor(calls.executor(set.getFirst().endpoint()))
                .build();
    }
}
