package dev.bes.orchestrator.pipeline.track;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.pipeline.ClaimBuilder;
import dev.bes.orchestrator.pipeline.ConcurrentCalls;
import dev.bes.orchestrator.pipeline.InMemoryBlobs;
import dev.bes.orchestrator.pipeline.ItemGuard;
import dev.bes.orchestrator.pipeline.OutcomeCommitter;
import dev.bes.orchestrator.pipeline.PipelineSettings;
import dev.bes.orchestrator.pipeline.RecentBlobs;
import dev.bes.orchestrator.pipeline.StepFixture;
import dev.bes.orchestrator.pipeline.rows.RowScoring;
import dev.bes.orchestrator.remote.JobStatus.State;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.Step;
import dev.bes.orchestrator.run.move.RowProgress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrackTests {
    private static final Duration SOON = Duration.ofMillis(10);

    private final StepFixture stepFixture = new StepFixture();
    private final List<List<Claim>> handedOn = new ArrayList<>();

    private Track track() {
        PipelineSettings oneCallAtATime =
                new PipelineSettings(Path.of("delivered"), 500, 1, 1, StepFixture.LEASE, SOON, SOON, SOON, SOON, SOON);
        return new Track(
                new ConcurrentCalls(oneCallAtATime),
                new ItemGuard(claim -> true, stepFixture.retryPolicy),
                stepFixture.jobs,
                new RowScoring(
                        new InMemoryBlobs(),
                        new RecentBlobs(stepFixture.jobs),
                        new RowProgress(stepFixture.rows.jdbc()),
                        stepFixture.retryPolicy),
                stepFixture.poll(),
                stepFixture.stop(),
                new OutcomeCommitter(stepFixture.rows.moves(), stepFixture.rows.claims()),
                stepFixture.pollSchedule,
                stepFixture.rows.wakeups(),
                (set, work) -> handedOn.add(set),
                oneCallAtATime);
    }

    /** The others are claimed anew by the next poll, while the outputs of these are still coming. */
    @Test
    void goesOnHoldingOnlyWhatHasFinished() {
        Claim atWork = ClaimBuilder.aClaim(Step.STARTED).build();
        Claim done = ClaimBuilder.aRunningClaim().build();
        stepFixture.jobs.answers(State.NOT_STARTED, "NotStarted").answers(State.FINISHED, "Finished");

        track().follow(List.of(atWork, done), collected -> {});

        assertThat(handedOn).containsExactly(List.of(done));
    }

    @Test
    void handsNothingOnWhenNothingHasFinished() {
        stepFixture.jobs.answers(State.RUNNING, "Running");

        track().follow(List.of(ClaimBuilder.aClaim(Step.STARTED).build()), collected -> {});

        assertThat(handedOn).isEmpty();
    }
}
