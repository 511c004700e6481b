package dev.bes.orchestrator.pipeline.batch;

import dev.bes.orchestrator.database.DatabaseFailure;
import jakarta.annotation.PreDestroy;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.DefaultJobKeyGenerator;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.job.JobKeyGenerator;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.incrementer.DataFieldMaxValueIncrementer;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * A job repository that keeps executions in memory while they run. It writes ended executions to Spring Batch's tables with one
 * statement a second, and removes them from memory. Written executions are read with Spring Batch's JDBC repository; this one
 * returns only executions that are not written yet.
 *
 * <p>A job instance is new if its parameters are not in memory: a job needs an identifying parameter that is never used twice.
 * A crash loses the executions that had not ended, and those of the last second.
 */
class WriteBehindJobRepository implements JobRepository {
    private static final Logger LOG = LoggerFactory.getLogger(WriteBehindJobRepository.class);
    private static final int MAX_PENDING = 1_000;

    private final InstantSource clock;
    private final MetadataWriter writer;
    private final DataFieldMaxValueIncrementer instanceIds;
    private final DataFieldMaxValueIncrementer executionIds;
    private final DataFieldMaxValueIncrementer stepIds;
    private final JobKeyGenerator keys = new DefaultJobKeyGenerator();
    private final MetadataRows rows = new MetadataRows(keys);
    private final Map<InstanceKey, JobInstance> instances = new ConcurrentHashMap<>();
    private final Map<Long, JobExecution> ended = new ConcurrentHashMap<>();

    WriteBehindJobRepository(JdbcClient jdbc, InstantSource clock) {
        this.clock = clock;
        this.writer = new MetadataWriter(jdbc);
        this.instanceIds = new BlockIncrementer(jdbc, "batch_job_instance_seq", clock);
        this.executionIds = new BlockIncrementer(jdbc, "batch_job_execution_seq", clock);
        this.stepIds = new BlockIncrementer(jdbc, "batch_step_execution_seq", clock);
    }

    private record InstanceKey(String job, String parameters) {}

    private InstanceKey key(String job, JobParameters parameters) {
        return new InstanceKey(job, keys.generateKey(parameters));
    }

    private LocalDateTime now() {
        return LocalDateTime.ofInstant(clock.instant(), ZoneId.systemDefault());
    }

    /** Writes the executions that have ended. During a database outage they stay in memory. */
    @PreDestroy
    @Scheduled(fixedRate = 1_000)
    void flush() {
        List<JobExecution> batch = new ArrayList<>(ended.values());
        batch.forEach(execution -> ended.remove(execution.getId(), execution));
        try {
            if (!batch.isEmpty()) {
                writer.write(batch.stream().map(rows::of).toList());
            }
        } catch (RuntimeException e) {
            if (DatabaseFailure.isOutage(e) && batch.size() <= MAX_PENDING) {
                batch.forEach(execution -> ended.putIfAbsent(execution.getId(), execution));
                return;
            }
            LOG.warn(
                    "{} job executions, the last of them of {}, are missing in the tables of Spring Batch. Their scorings are"
                            + " not affected, and no action is needed: {}",
                    batch.size(),
                    batch.getLast().getJobInstance().getJobName(),
                    e.getMessage());
        }
        batch.forEach(this::forget);
    }

    private void forget(JobExecution execution) {
        JobInstance instance = execution.getJobInstance();
        if (instance.getJobExecutions().stream().noneMatch(JobExecution::isRunning)) {
            instances.values().remove(instance);
        }
    }

    /** Creates an instance that is returned and written only when it has an execution. */
    @Override
    public JobInstance createJobInstance(String jobName, JobParameters jobParameters) {
        JobInstance instance = new JobInstance(instanceIds.nextLongValue(), jobName);
        instance.incrementVersion();
        return instance;
    }

    @Override
    public JobExecution createJobExecution(
            JobInstance jobInstance, JobParameters jobParameters, ExecutionContext executionContext) {
        JobExecution execution = new JobExecution(executionIds.nextLongValue(), jobInstance, jobParameters);
        InstanceKey key = key(jobInstance.getJobName(), jobParameters);
        if (!jobInstance.equals(Objects.requireNonNullElse(instances.putIfAbsent(key, jobInstance), jobInstance))) {
            throw new IllegalStateException(
                    "An instance of " + jobInstance.getJobName() + " with these parameters is running");
        }
        execution.setExecutionContext(executionContext);
        execution.setCreateTime(now());
        execution.incrementVersion();
        jobInstance.addJobExecution(execution);
        return execution;
    }

    @Override
    public StepExecution createStepExecution(String stepName, JobExecution jobExecution) {
        StepExecution step = new StepExecution(stepIds.nextLongValue(), stepName, jobExecution);
        step.setCreateTime(now());
        step.incrementVersion();
        jobExecution.addStepExecution(step);
        return step;
    }

    @Override
    public void update(JobExecution jobExecution) {
        jobExecution.setLastUpdated(now());
        jobExecution.incrementVersion();
        if (jobExecution.getStatus() == BatchStatus.STOPPING && jobExecution.getEndTime() != null) {
            jobExecution.upgradeStatus(BatchStatus.STOPPED);
        }
        if (!jobExecution.isRunning()) {
            ended.put(jobExecution.getId(), jobExecution);
        }
    }

    @Override
    public void update(StepExecution stepExecution) {
        stepExecution.setLastUpdated(now());
        stepExecution.incrementVersion();
        if (stepExecution.getJobExecution().isStopping()
                || stepExecution.getJobExecution().isStopped()) {
            stepExecution.setTerminateOnly();
        }
    }

    @Override
    public void updateExecutionContext(JobExecution jobExecution) {
        jobExecution.getExecutionContext().clearDirtyFlag();
    }

    @Override
    public void updateExecutionContext(StepExecution stepExecution) {
        stepExecution.getExecutionContext().clearDirtyFlag();
    }

    @Override
    public @Nullable JobInstance getJobInstance(String jobName, JobParameters jobParameters) {
        return instances.get(key(jobName, jobParameters));
    }

    @Override
    public List<String> getJobNames() {
        return instances.values().stream()
                .map(JobInstance::getJobName)
                .distinct()
                .sorted()
                .toList();
    }

    @Override
    public List<JobInstance> findJobInstances(String jobName) {
        return instances.values().stream()
                .filter(instance -> instance.getJobName().equals(jobName))
                .toList();
    }

    @Override
    public @Nullable JobInstance getJobInstance(long instanceId) {
        return instances.values().stream()
                .filter(instance -> instance.getId() == instanceId)
                .findFirst()
                .orElse(null);
    }

    @Override
    public Set<JobExecution> findRunningJobExecutions(String jobName) {
        return executions()
                .filter(execution -> execution.isRunning()
                        && execution.getJobInstance().getJobName().equals(jobName))
                .collect(Collectors.toSet());
    }

    @Override
    public List<JobExecution> getJobExecutions(JobInstance jobInstance) {
        return List.copyOf(jobInstance.getJobExecutions());
    }

    @Override
    public @Nullable JobExecution getLastJobExecution(JobInstance jobInstance) {
        return jobInstance.getJobExecutions().isEmpty()
                ? null
                : jobInstance.getJobExecutions().getLast();
    }

    @Override
    public @Nullable JobExecution getJobExecution(long executionId) {
        return executions()
                .filter(execution -> execution.getId() == executionId)
                .findFirst()
                .orElse(null);
    }

    @Override
    public @Nullable StepExecution getLastStepExecution(JobInstance jobInstance, String stepName) {
        return steps(jobInstance, stepName).reduce((earlier, later) -> later).orElse(null);
    }

    @Override
    public long getStepExecutionCount(JobInstance jobInstance, String stepName) {
        return steps(jobInstance, stepName).count();
    }

    @Override
    public @Nullable StepExecution getStepExecution(long executionId) {
        return executions()
                .flatMap(execution -> execution.getStepExecutions().stream())
                .filter(step -> step.getId() == executionId)
                .findFirst()
                .orElse(null);
    }

    private Stream<JobExecution> executions() {
        return instances.values().stream().flatMap(instance -> instance.getJobExecutions().stream());
    }

    private static Stream<StepExecution> steps(JobInstance instance, String stepName) {
        return instance.getJobExecutions().stream()
                .flatMap(execution -> execution.getStepExecutions().stream())
                .filter(step -> step.getStepName().equals(stepName));
    }
}
