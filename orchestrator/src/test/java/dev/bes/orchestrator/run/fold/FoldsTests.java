package dev.bes.orchestrator.run.fold;

import static dev.bes.orchestrator.run.RunBuilder.aRun;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.definition.Definition.Fold;
import dev.bes.orchestrator.run.Actor;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.Claim.MemberOutcome;
import dev.bes.orchestrator.run.Claim.StagedInput;
import dev.bes.orchestrator.run.DatabaseFixture;
import dev.bes.orchestrator.run.Move;
import dev.bes.orchestrator.run.RunParts;
import dev.bes.orchestrator.run.State;
import dev.bes.orchestrator.run.Step;
import dev.bes.orchestrator.run.Sweep;
import dev.bes.orchestrator.run.acceptance.NewRun;
import dev.bes.orchestrator.run.claim.PoolSlots;
import dev.bes.orchestrator.run.journal.HistoryEntry;
import dev.bes.orchestrator.run.query.ScoringView;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** How scorings join folds and move with their carriers. */
class FoldsTests {
    private static final StagedInput FOLDER = new StagedInput("in/x/", 6, 60, "");

    private final RunParts node = DatabaseFixture.shared().node("folding");
    private final NewRun run = aRun().folded(new Fold(500, 1_000, Duration.ZERO, "file", null))
            .withScorings(3)
            .withAttempts(2)
            .build();
    private final long id = node.runs().accept(run).id();

    private Claim carrier() {
        node.folds().gather();
        List<Claim> claims = node.claim(Sweep.LAUNCH, run);
        assertThat(claims).as("nobody but the carrier").hasSize(1);
        assertThat(claims.getFirst().isCarrier()).isTrue();
        return claims.getFirst();
    }

    private Claim moved(Move move) {
        return node.moves().apply(List.of(move)).getFirst();
    }

    private Claim staged(Claim carrier) {
        List<MemberOutcome> outcomes = node.folded().close(carrier).stream()
                .map(member -> MemberOutcome.staged(member.scoring(), new StagedInput("in/x/1.csv", 2, 20, "h")))
                .toList();
        return moved(Move.staged(carrier, Map.of("input1", FOLDER), 6, outcomes, RunParts.LEASE));
    }

    private Claim started(Claim carrier) {
        Claim staged = staged(carrier);
        UUID nonce = Objects.requireNonNull(node.intents().open(List.of(staged)).get(staged.scoring()));
        Claim submitted = moved(Move.submitted(staged, nonce, nonce.toString(), RunParts.LEASE));
        return moved(Move.started(submitted, Duration.ZERO));
    }

    private List<ScoringView> scorings() {
        return node.reader().scorings(id, 0, 10);
    }

    private void areAll(Step step, State state) {
        assertThat(scorings())
                .allSatisfy(scoring -> assertThat(scoring.step()).isEqualTo(step))
                .allSatisfy(scoring -> assertThat(scoring.state()).isEqualTo(state));
    }

    @Test
    void neverClaimsAScoringThatSharesAJob() {
        assertThat(node.claim(Sweep.LAUNCH, run)).isEmpty();
        Claim carrier = started(carrier());
        areAll(Step.STARTED, State.NOT_STARTED);
        assertThat(scorings()).as("nothing failed").allMatch(scoring -> scoring.cause() == null);
        assertThat(node.reader().history(id, 20))
                .filteredOn(entry -> Integer.valueOf(1).equals(entry.scoring()))
                .extracting(HistoryEntry::cause)
                .containsExactly(
                        "shares the job of run " + carrier.run(),
                        "in job %s, which run %d shares among scorings".formatted(carrier.jobId(), carrier.run()));
        moved(Move.running(node.claim(Sweep.TRACK, run).getFirst(), RunParts.LEASE, "Running"));

        areAll(Step.STARTED, State.RUNNING);
        assertThat(node.claim(Sweep.TRACK, run)).isEmpty();
        assertThat(node.reader().find(id).orElseThrow().state()).isEqualTo(State.RUNNING);
        assertThat(scorings().getFirst().attempts().getFirst().jobId()).isEqualTo(carrier.jobId());
        assertThat(scorings().getFirst().sharedJob()).isEqualTo(new ScoringView.SharedJob(carrier.run(), 3));
    }

    @Test
    void sharesTheNextJobOfTheSameCarrierIfTheFirstCouldNotReadItsInput() {
        started(carrier());
        Claim running = node.claim(Sweep.TRACK, run).getFirst();
        moved(Move.inputUnreadable(running, Duration.ZERO, "denied", "Failed"));
        areAll(Step.PLANNED, State.NOT_STARTED);

        Claim again = node.claim(Sweep.LAUNCH, run).getFirst();
        started(again);

        areAll(Step.STARTED, State.NOT_STARTED);
        assertThat(again.scoring()).isEqualTo(running.scoring());
        assertThat(scorings())
                .allSatisfy(scoring -> assertThat(scoring.attempts()).hasSize(2));
    }

    @Test
    void failsWithAJobThatIsNotAcceptedAndDoesNotTryAgain() {
        Claim staged = staged(carrier());

        moved(Move.failed(staged, "The job was not accepted: no such component", null));

        areAll(Step.STAGED, State.FAILED);
        assertThat(scorings().getFirst().cause())
                .isEqualTo("Run %d, whose job it shares: The job was not accepted: no such component"
                        .formatted(staged.run()));
    }

    @Test
    void triesAgainAfterAJobThatFailedUntilTheLastAttempt() {
        started(carrier());
        moved(Move.failed(node.claim(Sweep.TRACK, run).getFirst(), "The remote job failed", "Failed"));
        areAll(Step.PLANNED, State.NOT_STARTED);
        node.folds().gather();
        assertThat(node.claim(Sweep.LAUNCH, run)).as("not before the backoff").isEmpty();
        node.letTimePass(run);

        started(carrier());
        moved(Move.failed(node.claim(Sweep.TRACK, run).getFirst(), "The remote job failed", "Failed"));

        areAll(Step.STARTED, State.FAILED);
        assertThat(node.reader().find(id).orElseThrow().state()).isEqualTo(State.FAILED);
    }

    @Test
    void joinsAnotherFoldIfTheCarrierIsCancelledBeforeItIsStaged() {
        Claim carrier = carrier();
        node.cancellation().cancel(carrier.run(), Actor.user("ada"));

        Claim next = carrier();

        assertThat(next.scoring()).isNotEqualTo(carrier.scoring());
        staged(next);
        areAll(Step.STAGED, State.NOT_STARTED);
        assertThat(scorings())
                .allSatisfy(scoring -> assertThat(scoring.attempts()).hasSize(1));
    }

    @Test
    void takesNobodyIntoAFoldThatIsClaimed() {
        Claim carrier = carrier();
        node.folded().close(carrier);
        long other = node.runs()
                .accept(aRun().of(run.definition().name())
                        .on(run.definition().endpoint())
                        .folded(new Fold(500, 1_000, Duration.ZERO, "file", null))
                        .withAttempts(2)
                        .withScorings(1)
                        .build())
                .id();
        node.folds().gather();

        assertThat(node.folded().close(carrier)).hasSize(3);
        assertThat(node.reader().scorings(other, 0, 1).getFirst().sharedJob())
                .extracting(ScoringView.SharedJob::run)
                .isNotEqualTo(carrier.run());
    }

    @Test
    void takesNoSlotOfItsEndpoint() {
        started(carrier());

        assertThat(node.jdbc()
                        .sql("SELECT count(*) FROM scoring WHERE endpoint = ? AND " + PoolSlots.HOLDERS)
                        .param(run.definition().endpoint())
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
    }
}
