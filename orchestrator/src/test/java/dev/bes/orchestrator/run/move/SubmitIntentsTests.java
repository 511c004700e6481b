package dev.bes.orchestrator.run.move;

import static dev.bes.orchestrator.run.RunBuilder.aRun;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.run.Actor;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.DatabaseFixture;
import dev.bes.orchestrator.run.RunParts;
import dev.bes.orchestrator.run.ScoringSetup;
import dev.bes.orchestrator.run.Step;
import dev.bes.orchestrator.run.Sweep;
import dev.bes.orchestrator.run.acceptance.NewRun;
import dev.bes.orchestrator.run.claim.Claims;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class SubmitIntentsTests {
    private static final DatabaseFixture DATABASE = DatabaseFixture.shared();

    private final RunParts node = DATABASE.node("a");
    private final ScoringSetup scoringSetup = new ScoringSetup(node);

    @Test
    void writesDownOneIntentForEachClaim() {
        List<Claim> claims = scoringSetup.all(
                ScoringSetup.live(Step.STAGED), aRun().withScorings(3).build());
        Map<Long, UUID> nonces = node.intents().open(claims);

        assertThat(nonces).containsOnlyKeys(claims.stream().map(Claim::scoring).toList());
        assertThat(new HashSet<>(nonces.values())).hasSize(3);
        assertThat(intents(claims.getFirst()))
                .containsExactly(nonces.get(claims.getFirst().scoring()));
    }

    private Set<UUID> intents(Claim claim) {
        return new HashSet<>(DATABASE.jdbc()
                .sql("SELECT nonce FROM submit_intent WHERE scoring_id = ? AND attempt = ? AND node = 'a'")
                .params(claim.scoring(), claim.attempt())
                .query(UUID.class)
                .list());
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "STAGED")
    void writesNoneForAScoringThatIsNotStagedOrHasAJob(Step step) {
        Claim claim = scoringSetup.one(step, aRun().build());
        int before = intents(claim).size();

        assertThat(node.intents().open(List.of(claim))).isEmpty();
        assertThat(intents(claim)).hasSize(before);
    }

    @Test
    void writesNoneForAClaimThatWasOvertaken() {
        NewRun run = aRun().build();
        Claim old = scoringSetup.one(Step.STAGED, run);
        node.letTimePass(run);
        Claim later = DATABASE.node("b").claim(Sweep.LAUNCH, run).getFirst();

        assertThat(node.intents().open(List.of(old))).isEmpty();
        assertThat(DATABASE.node("b").intents().open(List.of(later))).hasSize(1);
    }

    @Test
    void writesNoneForACancelledScoring() {
        Claim claim = scoringSetup.one(Step.STAGED, aRun().build());
        node.cancellation().cancel(claim.run(), Actor.user("ada"));

        assertThat(node.intents().open(List.of(claim))).isEmpty();
    }

    @Test
    void writesNoneForNothing() {
        assertThat(node.intents().open(List.of())).isEmpty();
    }

    @Test
    void countsTheIntentsOfTheAttempt() {
        NewRun run = aRun().build();
        Claim claim = scoringSetup.one(Step.STAGED, run);
        node.intents().open(List.of(claim));
        UUID second = node.intents().open(List.of(claim)).values().iterator().next();
        node.intents().open(List.of(claim));
        node.intents().withdraw(second);
        node.claims().defer(List.of(new Claims.Deferral(claim, Duration.ZERO, null)));

        assertThat(node.claim(Sweep.LAUNCH, run).getFirst().known().intents()).isEqualTo(2);
        assertThat(intents(claim)).doesNotContain(second);
    }
}
