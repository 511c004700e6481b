package dev.bes.orchestrator.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.pipeline.OutcomeCommitter.Committed;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.DatabaseFixture;
import dev.bes.orchestrator.run.Move;
import dev.bes.orchestrator.run.RunBuilder;
import dev.bes.orchestrator.run.RunParts;
import dev.bes.orchestrator.run.ScoringSetup;
import dev.bes.orchestrator.run.State;
import dev.bes.orchestrator.run.Step;
import dev.bes.orchestrator.run.acceptance.NewRun;
import dev.bes.orchestrator.run.query.ScoringView;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class OutcomeCommitterTests {
    private static final Duration LEASE = Duration.ofSeconds(15);

    private final RunParts node = DatabaseFixture.shared().node("outcomes");
    private final OutcomeCommitter outcomeCommitter = new OutcomeCommitter(node.moves(), node.claims());

    @Test
    void failsOnlyTheScoringWhoseJobIdBelongsToAnother() {
        NewRun run = RunBuilder.aRun().withScorings(3).build();
        List<Claim> staged = new ScoringSetup(node).all(ScoringSetup.live(Step.STAGED), run);
        Map<Long, UUID> nonces = node.intents().open(staged);
        String unique = UUID.randomUUID().toString();
        List<String> ids = List.of(unique, unique, "other-" + unique);

        Committed committed = outcomeCommitter.commit(List.of(
                bound(staged.get(0), nonces, ids.get(0)),
                bound(staged.get(1), nonces, ids.get(1)),
                bound(staged.get(2), nonces, ids.get(2))));

        assertThat(committed.stale()).as("what is bound is not among them").hasSize(1);
        assertThat(committed.held()).extracting(Claim::jobId).containsExactlyInAnyOrder(unique, "other-" + unique);
        List<ScoringView> scorings = node.reader().scorings(staged.getFirst().run(), 0, 10);
        assertThat(scorings)
                .filteredOn(s -> s.state() == State.FAILED)
                .singleElement()
                .satisfies(s -> assertThat(s.cause()).contains("belongs to another scoring"));
    }

    @Test
    void waitsWithTheScoringThatMetAMistakeOfOurs() {
        ItemGuard itemGuard = new ItemGuard(held -> true, new RetryPolicy(new StepFixture().settings));

        Outcome outcome = itemGuard.run(ClaimBuilder.aRunningClaim().build(), claim -> {
            throw new IllegalStateException("nobody thought of this");
        });

        assertThat(StepFixture.later(outcome).failure()).contains("nobody thought of this");
    }

    private static Outcome bound(Claim claim, Map<Long, UUID> nonces, String jobId) {
        return Outcome.move(Move.submitted(claim, nonces.get(claim.scoring()), jobId, LEASE));
    }
}
