package dev.bes.orchestrator.pipeline.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bes.orchestrator.run.DatabaseFixture;
import dev.bes.orchestrator.run.Parallel;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.assertj.core.api.recursive.comparison.RecursiveComparisonConfiguration;
import org.junit.jupiter.api.Test;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.configuration.support.MapJobRegistry;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.support.TaskExecutorJobOperator;
import org.springframework.batch.core.listener.JobExecutionListener;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.support.ListItemReader;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.core.task.SyncTaskExecutor;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Real jobs over the repository, and what Spring Batch's own repository reads of them. */
class WriteBehindJobRepositoryTests {
    private final JdbcClient jdbc = DatabaseFixture.shared().jdbc();
    private final String name = "job-" + UUID.randomUUID();
    private WriteBehindJobRepository repository = new WriteBehindJobRepository(jdbc, InstantSource.system());

    private JobExecution run(Job job, JobParameters parameters) throws Exception {
        TaskExecutorJobOperator operator = new TaskExecutorJobOperator();
        operator.setJobRepository(repository);
        operator.setJobRegistry(new MapJobRegistry());
        operator.setTaskExecutor(new SyncTaskExecutor());
        operator.afterPropertiesSet();
        return operator.start(job, parameters);
    }

    private JobExecution run(Step step) throws Exception {
        return run(new JobBuilder(name, repository).start(step).build(), fresh());
    }

    private static JobParameters fresh() {
        return new JobParametersBuilder()
                .addString("set", UUID.randomUUID().toString())
                .toJobParameters();
    }

    private Step items() {
        return new StepBuilder("items", repository)
                .<Integer, Integer>chunk(4)
                .reader(new ListItemReader<>(IntStream.range(0, 10).boxed().toList()))
                .processor(i -> {
                    if (i == 3) {
                        throw new IllegalArgumentException("three is skipped");
                    }
                    return i == 5 ? null : i;
                })
                .writer(chunk -> {})
                .faultTolerant()
                .skip(IllegalArgumentException.class)
                .skipLimit(1)
                .build();
    }

    private Step note(String key, Object value) {
        return new StepBuilder("note", repository)
                .tasklet((contribution, context) -> {
                    StepExecution step = contribution.getStepExecution();
                    step.getExecutionContext().put(key, value);
                    step.getJobExecution().getExecutionContext().put(key, value);
                    return RepeatStatus.FINISHED;
                })
                .build();
    }

    private Step failing(String message) {
        return new StepBuilder("failing", repository)
                .tasklet((contribution, context) -> {
                    throw new IllegalStateException(message);
                })
                .build();
    }

    private List<JobExecution> read() {
        return BatchParts.read(DatabaseFixture.shared().dataSource(), name);
    }

    /** All that Spring Batch reads, times to what a column holds of them; what was thrown is in no table. */
    private static void same(JobExecution read, JobExecution written) {
        assertThat(read)
                .usingRecursiveComparison(RecursiveComparisonConfiguration.builder()
                        .withIgnoredFieldsMatchingRegexes(
                                ".*(failureExceptions|dirty|terminateOnly|jobInstance.jobExecutions)")
                        .withComparatorForType(
                                (a, b) -> Math.abs(ChronoUnit.NANOS.between(a, b)) < 1_000 ? 0 : a.compareTo(b),
                                LocalDateTime.class)
                        .build())
                .isEqualTo(written);
    }

    @Test
    @SuppressWarnings("JavaUtilDate")
    void isReadBackBySpringBatchAsItWasWritten() throws Exception {
        JobParameters parameters = new JobParametersBuilder()
                .addString("set", UUID.randomUUID().toString())
                .addString("endpoint", "birdstrikes", false)
                .addLong("size", 500L, false)
                .addDouble("share", 0.1)
                .addDate("date", new Date(1_700_000_000_123L))
                .addLocalDate("day", LocalDate.of(2026, 11, 28))
                .addLocalTime("time", LocalTime.of(12, 30, 15))
                .addLocalDateTime("moment", LocalDateTime.of(2026, 11, 28, 12, 30, 15))
                .toJobParameters();
        Job job = new JobBuilder(name, repository)
                .start(items())
                .next(note("text", "long ".repeat(1_000)))
                .build();

        JobExecution written = run(job, parameters);
        repository.flush();

        assertThat(written.getStatus()).isEqualTo(BatchStatus.COMPLETED);
        assertThat(read()).singleElement().satisfies(execution -> {
            same(execution, written);
            assertThat(execution.getJobParameters()).isEqualTo(parameters);
            assertThat(execution.getExecutionContext().getString("text")).hasSize(5_000);
            assertThat(execution.getStepExecutions())
                    .first()
                    .satisfies(step -> assertThat(step)
                            .as("counts that differ from each other")
                            .extracting(
                                    StepExecution::getReadCount,
                                    StepExecution::getProcessSkipCount,
                                    StepExecution::getFilterCount,
                                    StepExecution::getWriteCount,
                                    StepExecution::getCommitCount)
                            .containsExactly(10L, 1L, 1L, 8L, 3L));
        });
        JobRepository theirs =
                BatchParts.jdbcRepository(DatabaseFixture.shared().dataSource());
        assertThat(theirs.getJobInstance(name, parameters)).isEqualTo(written.getJobInstance());
        assertThat(theirs.getLastJobExecution(name, parameters)).isEqualTo(written);
    }

    @Test
    void keepsWhyAJobFailed() throws Exception {
        JobExecution written = run(failing("no \0 in a text, " + "very ".repeat(1_000)));
        repository.flush();

        assertThat(read()).singleElement().satisfies(execution -> {
            assertThat(execution.getStatus()).isEqualTo(BatchStatus.FAILED);
            assertThat(execution.getStepExecutions()).singleElement().satisfies(step -> {
                assertThat(step.getExitStatus().getExitCode()).isEqualTo(ExitStatus.FAILED.getExitCode());
                assertThat(step.getExitStatus().getExitDescription())
                        .startsWith("java.lang.IllegalStateException: no  in a text, very very")
                        .hasSize(MetadataRows.MAX_TEXT);
            });
            assertThat(execution.getVersion()).isEqualTo(written.getVersion());
        });
    }

    @Test
    void answersFromMemoryUntilAnExecutionIsWritten() throws Exception {
        JobParameters parameters = fresh();
        JobInstance instance = repository.createJobInstance(name, parameters);
        JobExecution execution = repository.createJobExecution(instance, parameters, new ExecutionContext());
        StepExecution step = repository.createStepExecution("step", execution);
        repository.flush();

        assertThat(repository.getJobInstance(name, parameters)).isSameAs(instance);
        assertThat(repository.getJobInstance(instance.getId())).isSameAs(instance);
        assertThat(repository.findJobInstances(name)).containsExactly(instance);
        assertThat(repository.getJobNames()).containsExactly(name);
        assertThat(repository.findRunningJobExecutions(name)).containsExactly(execution);
        assertThat(repository.getJobExecution(execution.getId())).isSameAs(execution);
        assertThat(repository.getJobExecutions(instance)).containsExactly(execution);
        assertThat(repository.getLastJobExecution(instance)).isSameAs(execution);
        assertThat(repository.getStepExecution(step.getId())).isSameAs(step);
        assertThat(repository.getLastStepExecution(instance, "step")).isSameAs(step);
        assertThat(repository.getStepExecutionCount(instance, "step")).isOne();
        JobInstance twin = repository.createJobInstance(name, parameters);
        assertThatThrownBy(() -> repository.createJobExecution(twin, parameters, new ExecutionContext()))
                .isInstanceOf(IllegalStateException.class);
        assertThat(read()).as("of what is under way").isEmpty();

        execution.setStatus(BatchStatus.COMPLETED);
        execution.setEndTime(LocalDateTime.of(2026, 11, 28, 12, 0));
        repository.update(execution);
        assertThat(read()).as("before it is written").isEmpty();
        assertThat(repository.getJobExecution(execution.getId())).isSameAs(execution);
        repository.flush();

        assertThat(read()).hasSize(1);
        assertThat(repository.getJobNames()).isEmpty();
        assertThat(repository.getJobInstance(name, parameters)).isNull();
        assertThat(repository.getJobExecution(execution.getId())).isNull();
    }

    @Test
    void stopsAnExecutionThatIsUnderWay() throws Exception {
        Step step = new StepBuilder("endless", repository)
                .tasklet((contribution, context) -> {
                    JobExecution execution = contribution.getStepExecution().getJobExecution();
                    execution.setStatus(BatchStatus.STOPPING);
                    repository.update(execution);
                    repository.update(contribution.getStepExecution());
                    return RepeatStatus.CONTINUABLE;
                })
                .build();
        run(step);
        repository.flush();

        assertThat(read()).singleElement().extracting(JobExecution::getStatus).isEqualTo(BatchStatus.STOPPED);
    }

    @Test
    void bringsWhatWasWrittenUpToDate() throws Exception {
        Job job = new JobBuilder(name, repository)
                .start(note("text", "short"))
                .listener(new JobExecutionListener() {
                    @Override
                    public void afterJob(JobExecution execution) {
                        repository.flush();
                        execution.setExitStatus(new ExitStatus("NOTED", "after the job was written"));
                    }
                })
                .build();
        JobExecution written = run(job, fresh());
        assertThat(read())
                .singleElement()
                .satisfies(execution -> assertThat(execution.getExitStatus()).isEqualTo(ExitStatus.COMPLETED));
        repository.flush();

        assertThat(read()).singleElement().satisfies(execution -> same(execution, written));
        assertThat(written.getExitStatus().getExitCode()).isEqualTo("NOTED");
    }

    @Test
    void writesLaterWhatEndedWhileTheDatabaseWasAway() throws Exception {
        AtomicBoolean away = new AtomicBoolean();
        DatabaseFixture unsteady = DatabaseFixture.shared().through(real -> new DelegatingDataSource(real) {
            @Override
            public Connection getConnection() throws SQLException {
                if (away.get()) {
                    throw new SQLException("away", "08006");
                }
                return super.getConnection();
            }
        });
        repository = new WriteBehindJobRepository(unsteady.jdbc(), InstantSource.system());
        run(note("text", "before"));
        away.set(true);
        JobExecution during = run(note("text", "during"));
        repository.flush();
        assertThat(repository.getJobExecution(during.getId())).isSameAs(during);
        assertThat(read()).isEmpty();

        away.set(false);
        repository.flush();
        assertThat(read()).hasSize(2);
        repository.flush();
        assertThat(read()).as("each once").hasSize(2);
    }

    @Test
    void goesOnAfterAnExecutionThatCannotBeWritten() throws Exception {
        run(note("value", new Object()));
        repository.flush();
        run(note("text", "fine"));
        repository.flush();

        assertThat(read()).hasSize(1);
        assertThat(repository.getJobNames()).isEmpty();
    }

    @Test
    void neverGivesAnIdTwiceOnSeveralNodesAndBesideSpringBatch() throws Exception {
        JobRepository theirs =
                BatchParts.jdbcRepository(DatabaseFixture.shared().dataSource());
        Callable<List<Long>> node = () -> {
            WriteBehindJobRepository ours = new WriteBehindJobRepository(jdbc, InstantSource.system());
            return IntStream.range(0, 700)
                    .mapToObj(i -> ours.createJobInstance(name, fresh()).getId())
                    .toList();
        };
        Callable<List<Long>> batch = () -> IntStream.range(0, 50)
                .mapToObj(i -> theirs.createJobInstance(name, fresh()).getId())
                .toList();

        List<Long> ids = Parallel.all(List.of(node, batch, node)).stream()
                .flatMap(List::stream)
                .toList();
        assertThat(ids).hasSize(1_450).doesNotHaveDuplicates();
    }

    @Test
    void writesTheExecutionsOfASecondByOneStatement() throws Exception {
        AtomicInteger statements = new AtomicInteger();
        DatabaseFixture counted = DatabaseFixture.shared().through(real -> new DelegatingDataSource(real) {
            @Override
            public Connection getConnection() throws SQLException {
                statements.incrementAndGet();
                return super.getConnection();
            }
        });
        repository = new WriteBehindJobRepository(counted.jdbc(), InstantSource.system());
        for (int i = 0; i < 20; i++) {
            run(note("text", "of " + i));
        }
        assertThat(statements).as("a block of each of three sequences").hasValue(3);
        repository.flush();
        repository.flush();

        assertThat(statements).hasValue(4);
        assertThat(read())
                .extracting(execution -> execution.getExecutionContext().get("text"))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 20).mapToObj(i -> "of " + i).toList());
    }

    @Test
    void keepsNoIdsForLaterOnANodeWithLittleToDo() {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-28T12:00:00Z"));
        WriteBehindJobRepository idle = new WriteBehindJobRepository(jdbc, now::get);
        long first = idle.createJobInstance(name, fresh()).getId();
        long other = repository.createJobInstance(name, fresh()).getId();
        long second = idle.createJobInstance(name, fresh()).getId();
        now.updateAndGet(time -> time.plusSeconds(61));
        long late = idle.createJobInstance(name, fresh()).getId();

        assertThat(List.of(first, second, other, late)).isSorted();
    }
}
