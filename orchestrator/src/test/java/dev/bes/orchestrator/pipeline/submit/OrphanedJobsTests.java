package dev.bes.orchestrator.pipeline.submit;

import static dev.bes.orchestrator.run.RunBuilder.aRun;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.pipeline.Bench;
import dev.bes.orchestrator.remote.RemoteException;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.Drive;
import dev.bes.orchestrator.run.Move;
import dev.bes.orchestrator.run.RunParts;
import dev.bes.orchestrator.run.Step;
import dev.bes.orchestrator.run.acceptance.NewRun;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class OrphanedJobsTests {
    private final Bench bench = new Bench();
    private final OrphanedJobs orphanedJobs = new OrphanedJobs(bench.rows.intents());
    private final NewRun run = aRun().build();
    private final Claim claim = new Drive(bench.rows).one(Step.STAGED, run);

    private List<Move> bindings(String job) {
        return List.of(Move.submitted(claim, UUID.randomUUID(), job, Duration.ofHours(1)));
    }

    @Test
    void cancelsAJobThatCameTooLate() {
        bench.jobs.answers("");
        orphanedJobs.cancelUnstarted(bench.jobs, bindings("late-" + claim.scoring()));

        assertThat(bench.jobs.calls).containsExactly("cancel late-" + claim.scoring());
    }

    @Test
    void leavesAloneAJobThatBelongsToSomebodyElse() {
        RunParts rows = bench.rows;
        Claim owner =
                new Drive(rows).one(Step.SUBMITTED, aRun().on(claim.endpoint()).build());

        orphanedJobs.cancelUnstarted(bench.jobs, bindings(owner.jobId()));

        assertThat(bench.jobs.calls)
                .as("the remote side gave the id away twice")
                .isEmpty();
    }

    @Test
    void takesItLightlyWhenTheJobCanNotBeCancelled() {
        bench.jobs.answers(new RemoteException.Unavailable("away"));
        orphanedJobs.cancelUnstarted(bench.jobs, bindings("late2-" + claim.scoring()));

        assertThat(bench.jobs.calls).hasSize(1);
    }
}
