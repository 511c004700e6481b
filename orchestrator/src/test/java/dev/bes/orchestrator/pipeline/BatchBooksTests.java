package dev.bes.orchestrator.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.Database;
import dev.bes.orchestrator.run.NewRun;
import dev.bes.orchestrator.run.RunBuilder;
import dev.bes.orchestrator.run.RunParts;
import dev.bes.orchestrator.run.Sweep;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.repository.support.JdbcJobRepositoryFactoryBean;
import org.springframework.batch.core.repository.support.ResourcelessJobRepository;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** What Spring Batch itself reads in its books. */
class BatchBooksTests {
    private final RunParts node = Database.shared().node("books");
    private final NewRun run = RunBuilder.aRun().withScorings(3).build();
    private final BatchBooks books = new BatchBooks(node.jdbc());
    private final ClaimedSetJobs jobs = new ClaimedSetJobs(books, new Calls(Bench.settings(Path.of("delivered"))));
    private final String name = "launch-" + UUID.randomUUID();

    private List<Claim> set() {
        node.runs().accept(run);
        return node.claim(Sweep.LAUNCH, run);
    }

    private List<JobExecution> read() throws Exception {
        JdbcJobRepositoryFactoryBean factory = new JdbcJobRepositoryFactoryBean();
        factory.setDataSource(Database.shared().dataSource());
        factory.setJdbcOperations(new JdbcTemplate(Database.shared().dataSource()));
        factory.setTransactionManager(Database.shared().transactions());
        factory.afterPropertiesSet();
        JobRepository repository = Objects.requireNonNull(factory.getObject());
        return repository.getJobInstances(name, 0, 10).stream()
                .flatMap(instance -> repository.getJobExecutions(instance).stream())
                .toList();
    }

    @Test
    void areWrittenLaterWhenTheDatabaseWasAway() throws Exception {
        AtomicBoolean away = new AtomicBoolean(true);
        BatchBooks late = new BatchBooks(Database.shared()
                .through(real -> new DelegatingDataSource(real) {
                    @Override
                    public Connection getConnection() throws SQLException {
                        if (away.get()) {
                            throw new SQLException("away", "08006");
                        }
                        return super.getConnection();
                    }
                })
                .jdbc());
        new ClaimedSetJobs(late, new Calls(Bench.settings(Path.of("delivered"))))
                .run(name, set(), claim -> claim, chunk -> {});
        late.write();
        assertThat(read()).isEmpty();

        away.set(false);
        late.write();
        assertThat(read()).hasSize(1);
    }

    @Test
    void holdWhatBecameOfASet() throws Exception {
        jobs.run(name, set(), claim -> claim.place() == 1 ? null : claim, chunk -> {});
        books.write();

        assertThat(read()).singleElement().satisfies(execution -> {
            assertThat(execution.getStatus()).isEqualTo(BatchStatus.COMPLETED);
            assertThat(execution.getExitStatus()).isEqualTo(ExitStatus.COMPLETED);
            assertThat(execution.getStartTime()).isBetween(execution.getCreateTime(), execution.getEndTime());
            assertThat(execution.getJobParameters().getString("launch")).isNotBlank();
            assertThat(execution.getStepExecutions()).singleElement().satisfies(step -> {
                assertThat(step.getStepName()).isEqualTo(name);
                assertThat(step.getStatus()).isEqualTo(BatchStatus.COMPLETED);
                assertThat(step.getStartTime()).isBeforeOrEqualTo(step.getEndTime());
                assertThat(step)
                        .extracting(
                                StepExecution::getReadCount,
                                StepExecution::getFilterCount,
                                StepExecution::getWriteCount,
                                StepExecution::getCommitCount)
                        .containsExactly(3L, 1L, 2L, 1L);
            });
        });
    }

    @Test
    void holdWhyASetFailed() throws Exception {
        List<Claim> set = set();
        assertThatThrownBy(() -> jobs.run(name, set, claim -> claim, chunk -> {
                    throw new IllegalStateException("the disk is full");
                }))
                .isInstanceOf(IllegalStateException.class);
        books.write();

        assertThat(read()).singleElement().satisfies(execution -> {
            assertThat(execution.getStatus()).isEqualTo(BatchStatus.FAILED);
            assertThat(execution.getStepExecutions())
                    .singleElement()
                    .satisfies(step -> assertThat(step.getExitStatus().getExitDescription())
                            .contains("FatalStepExecutionException"));
        });
    }

    @Test
    void haveRoomForAnyMessage() throws Exception {
        JobRepository scratch = new ResourcelessJobRepository();
        JobParameters none = new JobParameters();
        JobExecution execution =
                scratch.createJobExecution(scratch.createJobInstance(name, none), none, new ExecutionContext());
        execution.setExitStatus(ExitStatus.FAILED.addExitDescription("no \0 in a text, " + "very ".repeat(1000)));
        books.keep(execution);
        books.write();

        assertThat(read())
                .singleElement()
                .satisfies(read ->
                        assertThat(read.getExitStatus().getExitDescription()).startsWith("no  in a text, very very"));
    }

    @Test
    void takeSeveralSetsAtOnceAndEachOnce() throws Exception {
        List<Claim> set = set();
        for (int i = 0; i < 3; i++) {
            jobs.run(name, set, claim -> claim, chunk -> {});
        }
        assertThat(read()).as("before they are written").isEmpty();
        books.write();
        books.write();

        assertThat(read()).hasSize(3).extracting(JobExecution::getJobInstanceId).doesNotHaveDuplicates();
    }
}
