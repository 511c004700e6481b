package dev.bes.orchestrator.pipeline;

import static dev.bes.orchestrator.run.RunBuilder.aRun;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.remote.RemoteException;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.Drive;
import dev.bes.orchestrator.run.Move;
import dev.bes.orchestrator.run.NewRun;
import dev.bes.orchestrator.run.RunParts;
import dev.bes.orchestrator.run.Step;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class OrphansTests {
    private final Bench bench = new Bench();
    private final Orphans orphans = new Orphans(bench.jobs, bench.rows.intents());
    private final NewRun run = aRun().build();
    private final Claim claim = new Drive(bench.rows).one(Step.STAGED, run);

    private List<Outcome> bindings(String job) {
        return List.of(Outcome.move(Move.bound(claim, UUID.randomUUID(), job, Duration.ofHours(1))));
    }

    @Test
    void cancelsAJobThatCameTooLate() {
        bench.jobs.answers("");
        orphans.cancel(bindings("late-" + claim.scoring()), List.of());

        assertThat(bench.jobs.calls).containsExactly("cancel late-" + claim.scoring());
    }

    @Test
    void leavesAloneWhatIsBound() {
        orphans.cancel(bindings("j"), List.of(claim));

        assertThat(bench.jobs.calls).isEmpty();
    }

    @Test
    void leavesAloneAJobThatBelongsToSomebodyElse() {
        RunParts rows = bench.rows;
        Claim owner =
                new Drive(rows).one(Step.SUBMITTED, aRun().on(claim.endpoint()).build());

        orphans.cancel(bindings(owner.jobId()), List.of());

        assertThat(bench.jobs.calls)
                .as("the remote side gave the id away twice")
                .isEmpty();
    }

    @Test
    void takesItLightlyWhenTheJobCanNotBeCancelled() {
        bench.jobs.answers(new RemoteException.Unavailable("away"));
        orphans.cancel(bindings("late2-" + claim.scoring()), List.of());

        assertThat(bench.jobs.calls).hasSize(1);
    }
}
