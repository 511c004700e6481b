package dev.bes.orchestrator.pipeline;

import java.util.Objects;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Writes a set that was worked on into the books of Spring Batch, in one transaction when it is over: nobody reads them
 * while it is under way, and nothing is ever restarted from them.
 */
@Component
class BatchBooks {
    private static final Logger LOG = LoggerFactory.getLogger(BatchBooks.class);

    private final JobRepository repository;
    private final TransactionTemplate transaction;

    BatchBooks(JobRepository repository, PlatformTransactionManager transactions) {
        this.repository = repository;
        this.transaction = new TransactionTemplate(transactions);
    }

    /** Writes down what became of a set; if the database is away, that is only in the log. */
    void keep(JobExecution done) {
        try {
            transaction.executeWithoutResult(status -> write(done));
        } catch (DataAccessException | TransactionException e) {
            LOG.warn(
                    "A {} set that ended as {} is missing in the books of Spring Batch: {}",
                    done.getJobInstance().getJobName(),
                    done.getStatus(),
                    e.getMessage());
        }
    }

    private void write(JobExecution done) {
        JobParameters launch = new JobParametersBuilder()
                .addString("launch", UUID.randomUUID().toString())
                .toJobParameters();
        JobExecution kept = repository.createJobExecution(
                repository.createJobInstance(done.getJobInstance().getJobName(), launch),
                launch,
                new ExecutionContext());
        done.getStepExecutions().forEach(step -> write(step, kept));
        kept.setStartTime(Objects.requireNonNull(done.getStartTime()));
        kept.setEndTime(Objects.requireNonNull(done.getEndTime()));
        kept.setStatus(done.getStatus());
        kept.setExitStatus(done.getExitStatus());
        repository.update(kept);
    }

    private void write(StepExecution done, JobExecution kept) {
        StepExecution step = repository.createStepExecution(done.getStepName(), kept);
        step.setStartTime(Objects.requireNonNull(done.getStartTime()));
        step.setEndTime(Objects.requireNonNull(done.getEndTime()));
        step.setStatus(done.getStatus());
        step.setExitStatus(done.getExitStatus());
        step.setReadCount(done.getReadCount());
        step.setWriteCount(done.getWriteCount());
        step.setFilterCount(done.getFilterCount());
        step.setCommitCount(done.getCommitCount());
        repository.update(step);
    }
}
