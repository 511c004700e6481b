package dev.bes.orchestrator.pipeline.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bes.orchestrator.pipeline.Outcome;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.DatabaseFixture;
import dev.bes.orchestrator.run.Parallel;
import dev.bes.orchestrator.run.RunBuilder;
import dev.bes.orchestrator.run.RunParts;
import dev.bes.orchestrator.run.Sweep;
import dev.bes.orchestrator.run.acceptance.NewRun;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.support.transaction.ResourcelessTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** The jobs as they are shipped, and what Spring Batch reads of their executions. */
class ClaimedSetJobsTests {
    private static final int SIZE = 3;

    private final RunParts node = DatabaseFixture.shared().node("batch");
    private final NewRun run = RunBuilder.aRun().withScorings(SIZE).build();
    private final Set<Long> before = ConcurrentHashMap.newKeySet();
    private final BatchContext batch = new BatchContext(DatabaseFixture.shared().jdbc());
    private List<Claim> set = List.of();

    @BeforeEach
    void claim() {
        node.runs().accept(run);
        set = node.claim(Sweep.LAUNCH, run);
        executions("launchJob").forEach(execution -> before.add(execution.getId()));
        executions("collectJob").forEach(execution -> before.add(execution.getId()));
    }

    @AfterEach
    void close() {
        batch.close();
    }

    private List<JobExecution> executions(String job) {
        return BatchParts.read(DatabaseFixture.shared().dataSource(), job).stream()
                .filter(execution -> !before.contains(execution.getId()))
                .sorted(Comparator.comparing(JobExecution::getId))
                .toList();
    }

    @Test
    void runsASetAsOneExecutionOfItsOwn() {
        batch.processor = claim ->
                claim.position() == 1 ? Outcome.deferred(claim, Duration.ZERO, null) : new Outcome.Unchanged(claim);
        batch.launch(set);
        batch.launch(set);
        batch.collect(set);
        batch.flush();

        assertThat(executions("launchJob"))
                .hasSize(2)
                .extracting(JobExecution::getJobInstanceId)
                .doesNotHaveDuplicates();
        assertThat(executions("collectJob")).singleElement().satisfies(execution -> {
            assertThat(execution.getStatus()).isEqualTo(BatchStatus.COMPLETED);
            assertThat(execution.getJobParameters().getIdentifyingParameters())
                    .singleElement()
                    .satisfies(launch -> assertThat(launch.name()).isEqualTo("set"));
            assertThat(execution.getJobParameters().getString("endpoint"))
                    .isEqualTo(set.getFirst().endpoint());
            assertThat(execution.getJobParameters().getLong("size")).isEqualTo(SIZE);
            assertThat(execution.getStepExecutions()).singleElement().satisfies(step -> {
                assertThat(step.getStepName()).isEqualTo("collectStep");
                assertThat(step)
                        .extracting(
                                StepExecution::getReadCount,
                                StepExecution::getWriteCount,
                                StepExecution::getCommitCount)
                        .containsExactly(3L, 3L, 1L);
                assertThat(step.getExecutionContext().toMap())
                        .containsEntry("ready", 2L)
                        .containsEntry("waits", 1L)
                        .containsEntry("moves", 0L);
            });
        });
    }

    @Test
    void processesTheItemsOfASetSideBySideOnTheThreadsOfItsEndpoint() {
        CyclicBarrier together = new CyclicBarrier(SIZE);
        Set<String> threads = ConcurrentHashMap.newKeySet();
        batch.processor = claim -> {
            together.await(10, TimeUnit.SECONDS);
            threads.add(Thread.currentThread().getName());
            return new Outcome.Unchanged(claim);
        };
        batch.launch(set);

        assertThat(threads)
                .hasSize(SIZE)
                .allMatch(name -> name.startsWith("call-" + set.getFirst().endpoint()));
    }

    @Test
    void givesEachOfManyJobsAtOnceItsOwnSet() {
        ConcurrentLinkedQueue<List<Long>> written = new ConcurrentLinkedQueue<>();
        batch.writer = chunk -> written.add(chunk.getItems().stream()
                .map(outcome -> ((Outcome.Unchanged) outcome).claim().scoring())
                .toList());
        List<List<Claim>> sets = List.of(set, set.subList(0, 1), set.subList(1, 3), set.subList(2, 3), set, set);
        Parallel.all(sets.stream()
                .<Callable<Boolean>>map(each -> () -> {
                    batch.launch(each);
                    return true;
                })
                .toList());

        assertThat(written)
                .containsExactlyInAnyOrderElementsOf(sets.stream()
                        .map(each -> each.stream().map(Claim::scoring).toList())
                        .toList());
    }

    @Test
    void holdsNoConnectionWhileItWrites() {
        Set<Object> resources = ConcurrentHashMap.newKeySet();
        batch.writer = chunk -> resources.addAll(
                TransactionSynchronizationManager.getResourceMap().keySet());
        batch.launch(set);

        assertThat(resources).singleElement().isInstanceOf(ResourcelessTransactionManager.class);
    }

    @Test
    void tellsWhoStartedItWhyASetFailed() {
        batch.writer = chunk -> {
            throw new IllegalStateException("the disk is full");
        };
        assertThatThrownBy(() -> batch.launch(set))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("launchJob ended as FAILED")
                .hasRootCauseMessage("the disk is full");
        batch.flush();

        assertThat(executions("launchJob")).singleElement().satisfies(execution -> {
            assertThat(execution.getStatus()).isEqualTo(BatchStatus.FAILED);
            assertThat(execution.getExitStatus().getExitDescription().lines())
                    .first()
                    .asString()
                    .contains("FatalStepExecutionException");
            assertThat(execution.getExitStatus().getExitDescription())
                    .endsWith("\njava.lang.IllegalStateException: the disk is full");
            assertThat(execution.getStepExecutions())
                    .singleElement()
                    .satisfies(step -> assertThat(step.getExitStatus().getExitDescription())
                            .contains("FatalStepExecutionException"));
        });
    }

    @Test
    void writesWhatHasEndedWhenTheNodeEnds() {
        batch.launch(set);
        assertThat(executions("launchJob")).isEmpty();
        batch.close();

        assertThat(executions("launchJob")).hasSize(1);
    }

    @Test
    void observesJobsAndStepsWithoutATagForEachSet() {
        batch.launch(set);
        Set<Meter.Id> afterOne = meters();
        for (int i = 0; i < 5; i++) {
            batch.launch(set);
        }

        assertThat(meters()).isEqualTo(afterOne);
        assertThat(batch.meters.get("spring.batch.job").timer().count()).isEqualTo(6);
        assertThat(batch.meters.get("spring.batch.step").timer().count()).isEqualTo(6);
        assertThat(afterOne.stream()
                        .filter(id -> id.getName().equals("spring.batch.job"))
                        .flatMap(id -> id.getTags().stream())
                        .toList())
                .contains(Tag.of("spring.batch.job.name", "launchJob"), Tag.of("spring.batch.job.status", "COMPLETED"));
    }

    private Set<Meter.Id> meters() {
        return batch.meters.getMeters().stream().map(Meter::getId).collect(Collectors.toSet());
    }
}
