package dev.bes.orchestrator.pipeline;

import static dev.bes.orchestrator.pipeline.ClaimBuilder.aClaim;
import static dev.bes.orchestrator.pipeline.ClaimBuilder.aRunningClaim;
import static dev.bes.orchestrator.run.RunBuilder.aRun;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.bes.orchestrator.remote.JobStatus;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.DatabaseFixture;
import dev.bes.orchestrator.run.IllegalMoveException;
import dev.bes.orchestrator.run.Move;
import dev.bes.orchestrator.run.RunParts;
import dev.bes.orchestrator.run.ScoringSetup;
import dev.bes.orchestrator.run.Step;
import dev.bes.orchestrator.run.Sweep;
import dev.bes.orchestrator.run.acceptance.NewRun;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A remote job whose state flaps, goes back or jumps. */
class FickleJobTests {
    private final StepFixture stepFixture = new StepFixture();

    @Test
    void staysRunningWhenTheJobSaysThatItHasNotStarted() {
        stepFixture.jobs.answers(JobStatus.State.NOT_STARTED, "NotStarted");

        assertThat(StepFixture.later(stepFixture.poll().poll(aRunningClaim().build()))
                        .failure())
                .isNull();
    }

    @ParameterizedTest
    @EnumSource(names = {"FINISHED", "FAILED", "CANCELLED"})
    void takesAnEndThatComesWithoutAStart(JobStatus.State end) {
        stepFixture.jobs.answers(end, "word");

        Move move =
                StepFixture.move(stepFixture.poll().poll(aClaim(Step.STARTED).build()));
        assertThat(move.to().step()).isEqualTo(end == JobStatus.State.FINISHED ? Step.SCORED : Step.STARTED);
    }

    @Test
    void isNotAskedAgainOnceItHasFinished() {
        RunParts rows = DatabaseFixture.shared().node("fickle");
        NewRun run = aRun().build();
        Claim scored = new ScoringSetup(rows).one(Step.SCORED, run);
        rows.letTimePass(run);

        assertThat(rows.claim(Sweep.TRACK, run)).isEmpty();
        assertThatExceptionOfType(IllegalMoveException.class)
                .isThrownBy(() -> rows.moves().apply(List.of(Move.running(scored, StepFixture.POLL_MIN, "Running"))));
    }
}
