package dev.bes.orchestrator.pipeline.batch;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.listener.JobExecutionListener;

/**
 * Writes the exceptions of a failed job and their causes into its exit message, one a line. The stack trace that Spring Batch
 * puts there is truncated before the cause; the step keeps it.
 */
class FailureReasonListener implements JobExecutionListener {
    private static final int MAX_CAUSES = 10;

    @Override
    public void afterJob(JobExecution jobExecution) {
        if (jobExecution.getStatus() == BatchStatus.FAILED) {
            String reasons = jobExecution.getAllFailureExceptions().stream()
                    .flatMap(thrown -> Stream.iterate(thrown, next -> next != null, Throwable::getCause)
                            .limit(MAX_CAUSES))
                    .map(Throwable::toString)
                    .collect(Collectors.joining("\n"));
            jobExecution.setExitStatus(
                    new ExitStatus(jobExecution.getExitStatus().getExitCode(), reasons));
        }
    }
}
