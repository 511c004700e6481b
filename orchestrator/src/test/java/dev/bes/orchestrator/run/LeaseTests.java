package dev.bes.orchestrator.run;

import static dev.bes.orchestrator.run.RunBuilder.aRun;
import static dev.bes.orchestrator.run.RunParts.LEASE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.definition.DefinitionScope;
import dev.bes.orchestrator.run.acceptance.NewRun;
import dev.bes.orchestrator.run.claim.Claims.Deferral;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How long a claim lasts, and how it is let go. */
class LeaseTests {
    private static final DatabaseFixture DATABASE = DatabaseFixture.shared();
    private static final int ANY = Integer.MAX_VALUE;

    private final RunParts node = DATABASE.node("a");
    private final RunParts other = DATABASE.node("b");
    private final ScoringSetup scoringSetup = new ScoringSetup(node);

    @Test
    void takesOverFromANodeWhoseLeaseIsOver() {
        NewRun run = aRun().build();
        node.runs().accept(run);
        String endpoint = run.definition().endpoint();
        Claim dead = node.claims()
                .claim(Sweep.LAUNCH, endpoint, 1, 10, Duration.ZERO)
                .getFirst();
        Claim living =
                other.claims().claim(Sweep.LAUNCH, endpoint, 1, 10, LEASE).getFirst();

        assertThat(living.scoring()).isEqualTo(dead.scoring());
        assertThat(living.epoch()).isEqualTo(dead.epoch() + 1);
        assertThat(node.row(dead)).containsEntry("owner", "b");
    }

    @Test
    void leavesAloneWhatSomebodyHolds() {
        NewRun run = aRun().build();
        scoringSetup.one(Step.PLANNED, run);

        assertThat(other.claim(Sweep.LAUNCH, run)).isEmpty();
    }

    @Test
    void holdsAClaimThatIsRenewed() {
        NewRun run = aRun().build();
        node.runs().accept(run);
        List<Claim> claims = node.claims().claim(Sweep.LAUNCH, run.definition().endpoint(), ANY, 1, Duration.ZERO);

        node.claims().renew(claims, LEASE);

        assertThat(other.claim(Sweep.LAUNCH, run)).isEmpty();
    }

    @Test
    void renewsNothingThatSomebodyElseHasTaken() {
        NewRun run = aRun().build();
        node.runs().accept(run);
        List<Claim> old = node.claims().claim(Sweep.LAUNCH, run.definition().endpoint(), ANY, 1, Duration.ZERO);
        other.claims().claim(Sweep.LAUNCH, run.definition().endpoint(), ANY, 1, Duration.ZERO);

        node.claims().renew(old, LEASE);

        assertThat(DATABASE.node("c").claim(Sweep.LAUNCH, run)).hasSize(1);
    }

    @Test
    void letsAClaimGoUntilItIsDueAgain() {
        NewRun run = aRun().withScorings(2).build();
        List<Claim> claims = scoringSetup.all(ScoringSetup.live(Step.STARTED), run);

        node.claims()
                .defer(List.of(
                        new Deferral(claims.getFirst(), LEASE, "it rains"),
                        new Deferral(claims.getLast(), Duration.ZERO, null)));

        assertThat(other.claim(Sweep.TRACK, run)).extracting(Claim::position).containsExactly(2);
        assertThat(node.row(claims.getFirst()))
                .containsEntry("owner", null)
                .containsEntry("cause", "it rains")
                .containsEntry("failures", 1);
        assertThat(node.reader().waiting(DefinitionScope.ALL, 10_000))
                .filteredOn(w -> w.run() == claims.getFirst().run())
                .extracting(w -> w.position() + " " + w.cause())
                .containsExactly("1 it rains");
        assertThat(node.history(claims.getFirst())).as("no move").hasSize(3);
    }

    @Test
    void countsTroublesInARowUntilACallIsGood() {
        NewRun run = aRun().build();
        Claim claim = scoringSetup.one(Step.STARTED, run);
        List<Integer> troubles = new ArrayList<>();
        for (String trouble : List.of("rain", "rain", "", "rain")) {
            node.claims().defer(List.of(new Deferral(claim, Duration.ZERO, trouble.isEmpty() ? null : trouble)));
            claim = node.claim(Sweep.TRACK, run).getFirst();
            troubles.add(claim.failures());
        }
        assertThat(troubles).containsExactly(1, 2, 0, 1);
    }

    @Test
    void defersNothingThatSomebodyElseHasTaken() {
        NewRun run = aRun().build();
        Claim old = scoringSetup.one(Step.STARTED, run);
        node.letTimePass(run);
        other.claim(Sweep.TRACK, run);

        node.claims().defer(List.of(new Deferral(old, Duration.ZERO, "it rains")));

        assertThat(node.row(old)).containsEntry("owner", "b").containsEntry("cause", null);
    }

    @Test
    void keepsSayingWhyAScoringIsBeingStopped() {
        NewRun run = aRun().build();
        Claim claim = scoringSetup.one(Step.STARTED, run);
        node.moves().apply(List.of(Move.stopping(claim, StopReason.DEADLINE, Duration.ZERO, "it took too long")));
        Claim stopping = node.claim(Sweep.TRACK, run).getFirst();

        node.claims().defer(List.of(new Deferral(stopping, Duration.ZERO, null)));

        assertThat(node.row(claim)).containsEntry("cause", "it took too long");
    }

    @Test
    void releasesAllThatThisNodeHoldsAndNothingElse() {
        RunParts leaving = DATABASE.node("leaving");
        NewRun run = aRun().withScorings(2).build();
        leaving.runs().accept(run);
        Claim mine = leaving.claims()
                .claim(Sweep.LAUNCH, run.definition().endpoint(), ANY, 1, LEASE)
                .getFirst();
        Claim theirs = other.claim(Sweep.LAUNCH, run).getFirst();

        leaving.claims().releaseAll();

        assertThat(node.row(mine)).containsEntry("owner", null);
        assertThat(node.row(theirs)).containsEntry("owner", "b");
        assertThat(node.claim(Sweep.LAUNCH, run)).extracting(Claim::scoring).containsExactly(mine.scoring());
    }

    @Test
    void renewsNoClaimForLessThanItHas() {
        NewRun run = aRun().build();
        List<Claim> claims = scoringSetup.all(ScoringSetup.live(Step.PLANNED), run);

        node.claims().renew(claims, Duration.ZERO);

        assertThat(other.claim(Sweep.LAUNCH, run)).isEmpty();
    }
}
