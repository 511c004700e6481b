package dev.bes.orchestrator.run.move;

import static dev.bes.orchestrator.run.RunBuilder.aRun;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.DatabaseFixture;
import dev.bes.orchestrator.run.Move;
import dev.bes.orchestrator.run.RunParts;
import dev.bes.orchestrator.run.ScoringSetup;
import dev.bes.orchestrator.run.ScoringState;
import dev.bes.orchestrator.run.State;
import dev.bes.orchestrator.run.Step;
import dev.bes.orchestrator.run.acceptance.NewRun;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class JobDurationsTests {
    private static final DatabaseFixture DATABASE = DatabaseFixture.shared();
    private static final ScoringState RUNNING = new ScoringState(Step.STARTED, State.RUNNING);

    private final RunParts node = DATABASE.node("a");
    private final ScoringSetup scoringSetup = new ScoringSetup(node);
    private final NewRun run = aRun().withScorings(3).build();
    private final String endpoint = run.definition().endpoint();

    private List<JobDuration> known() {
        return DATABASE.node("b").endedJobs().of(endpoint);
    }

    private void started(List<Claim> claims, Duration ago) {
        claims.forEach(claim -> DATABASE.jdbc()
                .sql("UPDATE attempt SET started_at = clock_timestamp() - ? * interval '1 ms' WHERE scoring_id = ?")
                .params(ago.toMillis(), claim.scoring())
                .update());
    }

    private void finished(List<Claim> claims) {
        node.moves().apply(claims.stream().map(c -> Move.scored(c, "Finished")).toList());
        node.endedJobs().remember(endpoint, claims);
    }

    @Test
    void knowsNothingAtFirst() {
        assertThat(known()).isEmpty();
    }

    @Test
    void tellsOtherNodesWhenJobsWereSeenRunningAndFinished() {
        List<Claim> claims = scoringSetup.all(RUNNING, run);
        started(claims, Duration.ofSeconds(60));
        finished(claims);

        assertThat(known()).hasSize(3).allSatisfy(job -> {
            assertThat(job.running()).isBetween(Duration.ofSeconds(50), job.total());
            assertThat(job.total()).isBetween(Duration.ofSeconds(60), Duration.ofSeconds(90));
        });
    }

    @Test
    void tellsThatAJobWasNeverSeenRunning() {
        List<Claim> claims = scoringSetup.all(ScoringSetup.live(Step.STARTED), run);
        started(claims, Duration.ofSeconds(60));
        finished(claims);

        assertThat(known())
                .hasSize(3)
                .allSatisfy(job -> assertThat(job.running()).isNull());
    }

    @Test
    void keepsTheNewestOnly() {
        NewRun many = aRun().on(endpoint).withScorings(JobDurations.MOST).build();
        List<Claim> claims = scoringSetup.all(RUNNING, many);
        started(claims, Duration.ofMinutes(10));
        finished(claims);
        List<Claim> newest = scoringSetup.all(RUNNING, run);
        started(newest, Duration.ofSeconds(60));
        finished(newest);

        assertThat(known()).hasSize(JobDurations.MOST);
        assertThat(known().subList(0, 3)).allMatch(job -> job.total().toSeconds() < 600);
        assertThat(known().subList(3, JobDurations.MOST))
                .allMatch(job -> job.total().toSeconds() >= 600);
    }

    @Test
    void takesNoJobForFinishedThatIsNot() {
        List<Claim> claims = scoringSetup.all(RUNNING, run);
        node.moves()
                .apply(claims.stream()
                        .map(c -> Move.failed(c, "it broke", "Failed"))
                        .toList());
        node.endedJobs().remember(endpoint, claims);

        assertThat(known()).isEmpty();
    }

    @Test
    void knowsJobsThatHaveBeenPurged() {
        List<Claim> claims = scoringSetup.all(RUNNING, run);
        finished(claims);
        DATABASE.jdbc()
                .sql("DELETE FROM scoring WHERE run_id = ?")
                .param(claims.getFirst().run())
                .update();

        assertThat(known()).hasSize(3);
    }
}
