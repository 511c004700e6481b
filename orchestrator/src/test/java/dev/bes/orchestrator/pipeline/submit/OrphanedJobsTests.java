package dev.bes.orchestrator.pipeline.submit;

import static dev.bes.orchestrator.run.RunBuilder.aRun;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.pipeline.StepFixture;
import dev.bes.orchestrator.remote.RemoteException;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.Move;
import dev.bes.orchestrator.run.RunParts;
import dev.bes.orchestrator.run.ScoringSetup;
import dev.bes.orchestrator.run.Step;
import dev.bes.orchestrator.run.acceptance.NewRun;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class OrphanedJobsTests {
    private final StepFixture stepFixture = new StepFixture();
    private final OrphanedJobs orphanedJobs = new OrphanedJobs(stepFixture.rows.intents());
    private final NewRun run = aRun().build();
    private final Claim claim = new ScoringSetup(stepFixture.rows).one(Step.STAGED, run);

    private List<Move> bindings(String job) {
        return List.of(Move.submitted(claim, UUID.randomUUID(), job, Duration.ofHours(1)));
    }

    @Test
    void cancelsAJobThatCameTooLate() {
        stepFixture.jobs.answers("");
        orphanedJobs.cancelUnstarted(stepFixture.jobs, bindings("late-" + claim.scoring()));

        assertThat(stepFixture.jobs.calls).containsExactly("cancel late-" + claim.scoring());
    }

    @Test
    void leavesAloneAJobThatBelongsToSomebodyElse() {
        RunParts rows = stepFixture.rows;
        Claim owner = new ScoringSetup(rows)
                .one(Step.SUBMITTED, aRun().on(claim.endpoint()).build());

        orphanedJobs.cancelUnstarted(stepFixture.jobs, bindings(owner.jobId()));

        assertThat(stepFixture.jobs.calls)
                .as("the remote side gave the id away twice")
                .isEmpty();
    }

    @Test
    void takesItLightlyWhenTheJobCanNotBeCancelled() {
        stepFixture.jobs.answers(new RemoteException.Unavailable("away"));
        orphanedJobs.cancelUnstarted(stepFixture.jobs, bindings("late2-" + claim.scoring()));

        assertThat(stepFixture.jobs.calls).hasSize(1);
    }
}
