package dev.bes.orchestrator.pipeline.batch;

import dev.bes.orchestrator.run.Claim;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.stereotype.Component;

/**
 * Starts a Spring Batch job for a claimed set on the calling thread, and holds the set for the reader of the job. Each set is
 * a job instance of its own, and no instance is restarted: unfinished scorings become due again by their rows.
 */
@Component
public class ClaimedSets {
    /** Job parameter: the unique id of the set. */
    static final String SET = "set";
    /** Job parameter: the endpoint of all scorings of the set. */
    static final String ENDPOINT = "endpoint";
    /** Job parameter: the number of scorings of the set. */
    static final String SIZE = "size";

    private final JobOperator operator;
    private final Job launchJob;
    private final Job collectJob;
    private final Map<String, List<Claim>> sets = new ConcurrentHashMap<>();

    ClaimedSets(JobOperator operator, Job launchJob, Job collectJob) {
        this.operator = operator;
        this.launchJob = launchJob;
        this.collectJob = collectJob;
    }

    /** The set of a running job. */
    List<Claim> get(String id) {
        return Objects.requireNonNull(sets.get(id), "A claimed set is read only by the job that was started for it");
    }

    /**
     * Stages, submits and starts a set.
     *
     * @throws IllegalStateException if the job did not complete; the leases of the set then expire
     */
    public void launch(List<Claim> set) {
        run(launchJob, set);
    }

    /**
     * Fetches and accepts the outputs of a set.
     *
     * @throws IllegalStateException if the job did not complete; the leases of the set then expire
     */
    public void collect(List<Claim> set) {
        run(collectJob, set);
    }

    private void run(Job job, List<Claim> set) {
        String id = UUID.randomUUID().toString();
        sets.put(id, set);
        try {
            JobExecution execution = operator.start(
                    job,
                    new JobParametersBuilder()
                            .addString(SET, id)
                            .addString(ENDPOINT, set.getFirst().endpoint(), false)
                            .addLong(SIZE, (long) set.size(), false)
                            .toJobParameters());
            if (execution.getStatus() != BatchStatus.COMPLETED) {
                throw new IllegalStateException(
                        "Execution %d of %s ended as %s"
                                .formatted(execution.getId(), job.getName(), execution.getStatus()),
                        execution.getAllFailureExceptions().stream().findFirst().orElse(null));
            }
        } catch (JobExecutionException e) {
            throw new IllegalStateException("The " + job.getName() + " could not be started", e);
        } finally {
            sets.remove(id);
        }
    }
}
