package dev.bes.orchestrator.run;

import static dev.bes.orchestrator.run.RunBuilder.aRun;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.definition.DefinitionScope;
import dev.bes.orchestrator.run.acceptance.NewRun;
import dev.bes.orchestrator.run.claim.Claims;
import dev.bes.orchestrator.run.journal.HistoryEntry;
import dev.bes.orchestrator.run.query.AttentionView;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A scoring that waits for somebody. */
class AttentionTests {
    private final RunParts node = DatabaseFixture.shared().node("a");
    private final NewRun run = aRun().build();

    private Claim parked(Step step) {
        Claim claim = new ScoringSetup(node).one(step, run);
        node.moves().apply(List.of(Move.needsAttention(claim, Attention.FORGOTTEN, "nobody knows it")));
        return claim;
    }

    @ParameterizedTest
    @EnumSource(names = {"PLANNED", "STAGED", "SUBMITTED", "STARTED", "SCORED"})
    void isNotTouchedUntilItIsResumedAndThenGoesOnWhereItStood(Step step) {
        Claim claim = parked(step);
        node.letTimePass(run);
        for (Sweep sweep : Sweep.values()) {
            assertThat(node.claim(sweep, run)).isEmpty();
        }
        assertThat(node.scoring(claim).attention()).isEqualTo(Attention.FORGOTTEN);
        assertThat(node.scoring(claim).dueAt()).isNull();
        assertThat(node.run(claim).needingAttention()).isEqualTo(1);

        assertThat(node.resumption().resume(claim.run(), claim.position(), Actor.user("ada")))
                .isTrue();

        Sweep sweep = switch (step) {
            case STARTED -> Sweep.TRACK;
            case SCORED -> Sweep.COLLECT;
            default -> Sweep.LAUNCH;
        };
        Claim again = node.claim(sweep, run).getFirst();
        assertThat(again.scoringState()).isEqualTo(claim.scoringState());
        assertThat(again.attempt()).isEqualTo(claim.attempt());
        assertThat(node.run(claim).needingAttention()).isZero();
        assertThat(node.history(claim))
                .extracting(HistoryEntry::cause)
                .endsWith("nobody knows it", "resumed on request");
    }

    @Test
    void isListedForThoseWhoDecide() {
        Claim claim = parked(Step.STARTED);

        assertThat(node.reader().needingAttention(DefinitionScope.ALL, 100))
                .contains(new AttentionView(
                        claim.run(), claim.position(), claim.endpoint(), Attention.FORGOTTEN, "nobody knows it"));
        assertThat(node.reader().waiting(DefinitionScope.ALL, 1000)).noneMatch(w -> w.run() == claim.run());
    }

    @Test
    void isResumedOnlyOnce() {
        Claim claim = parked(Step.STARTED);

        assertThat(node.resumption().resume(claim.run(), claim.position(), Actor.user("ada")))
                .isTrue();
        assertThat(node.resumption().resume(claim.run(), claim.position(), Actor.user("ada")))
                .isFalse();
        assertThat(node.resumption().resume(claim.run(), claim.position() + 1, Actor.user("ada")))
                .isFalse();
    }

    @Test
    void mayBeCancelledBeforeItHasAJob() {
        Claim claim = parked(Step.STAGED);

        assertThat(node.cancellation().cancel(claim.run(), Actor.user("ada"))).isTrue();
        assertThat(node.run(claim).state()).isEqualTo(State.CANCELLED);
    }

    @Test
    void isStoppedLikeAnyOtherWhenItHasAJob() {
        Claim claim = parked(Step.STARTED);

        assertThat(node.cancellation().cancel(claim.run(), Actor.user("ada"))).isTrue();
        assertThat(node.claim(Sweep.TRACK, run).getFirst().stopReason()).isEqualTo(StopReason.CANCEL);
        assertThat(node.scoring(claim).attention()).isNull();
    }

    @Test
    void takesNoPlaceOfItsEndpoint() {
        Claim claim = parked(Step.STARTED);
        NewRun next = aRun().on(claim.endpoint()).build();
        node.runs().accept(next);

        assertThat(node.claims().claim(Sweep.LAUNCH, claim.endpoint(), 1, 10, Duration.ofHours(1)))
                .hasSize(1);
    }

    @Test
    void forgetsTheSubmitsFromBeforeItWasResumed() {
        Claim claim = new ScoringSetup(node).one(Step.STAGED, run);
        node.intents().open(List.of(claim));
        node.moves().apply(List.of(Move.needsAttention(claim, Attention.SUBMITS_UNANSWERED, "silence")));
        node.resumption().resume(claim.run(), claim.position(), Actor.user("ada"));

        Claim again = node.claim(Sweep.LAUNCH, run).getFirst();
        assertThat(again.known().intents()).isZero();
        node.intents().open(List.of(again));
        node.letTimePass(run);
        assertThat(node.claim(Sweep.LAUNCH, run).getFirst().known().intents()).isEqualTo(1);
    }

    @Test
    void countsTakeoversFromOthersThatLetTheirLeaseLapse() {
        RunParts other = DatabaseFixture.shared().node("b");
        node.runs().accept(run);
        assertThat(lapse(node)).isZero();
        assertThat(lapse(node)).as("its own").isZero();
        assertThat(lapse(other)).isEqualTo(1);
        assertThat(lapse(node)).isEqualTo(2);

        Claim claim = claim(other);
        assertThat(claim.expiredLeases()).isEqualTo(3);
        other.claims().release(List.of(claim));
        assertThat(claim(node).expiredLeases()).as("after one that let it go").isEqualTo(3);
    }

    @Test
    void countsFromTheLastThingThatWentWell() {
        RunParts other = DatabaseFixture.shared().node("b");
        node.runs().accept(run);
        lapse(node);
        Claim claim = claim(other);
        assertThat(claim.expiredLeases()).isEqualTo(1);
        other.claims().defer(List.of(new Claims.Deferral(claim, Duration.ZERO, "rain")));
        assertThat(lapse(node)).isZero();
        claim = claim(other);
        assertThat(claim.expiredLeases()).isEqualTo(1);
        other.moves().apply(List.of(Move.staged(claim, ScoringSetup.STAGED, 3, Duration.ZERO)));

        assertThat(lapse(node))
                .as("the lease that it lapsed with after the move")
                .isEqualTo(1);
    }

    private int lapse(RunParts by) {
        return claim(by).expiredLeases();
    }

    private Claim claim(RunParts by) {
        return by.claims()
                .claim(Sweep.LAUNCH, run.definition().endpoint(), Integer.MAX_VALUE, 1, Duration.ZERO)
                .getFirst();
    }
}
