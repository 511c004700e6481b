package dev.bes.orchestrator.pipeline.batch;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.listener.JobExecutionListener;

/**
 * Puts the reason into the exit message of a job that failed: what was thrown, then its causes, one a line. The stack trace that
 * Spring Batch puts there is cut off before it comes to the cause; the step keeps it.
 */
class FailureReasonListener implements JobExecutionListener {
    private static final int MOST_CAUSES = 10;

    @Override
    public void afterJob(JobExecution jobExecution) {
        if (jobExecution.getStatus() == BatchStatus.FAILED) {
            String reasons = jobExecution.getAllFailureExceptions().stream()
                    .flatMap(thrown -> Stream.iterate(thrown, next -> next != null, Throwable::getCause)
                            .limit(MOST_CAUSES))
                    .map(Throwable::toString)
                    .collect(Collectors.joining("\n"));
            jobExecution.setExitStatus(
                    new ExitStatus(jobExecution.getExitStatus().getExitCode(), reasons));
        }
    }
}
