package dev.bes.orchestrator.run.claim;

import static dev.bes.orchestrator.run.RunBuilder.aRun;
import static dev.bes.orchestrator.run.RunParts.LEASE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.DatabaseFixture;
import dev.bes.orchestrator.run.Move;
import dev.bes.orchestrator.run.Parallel;
import dev.bes.orchestrator.run.RunParts;
import dev.bes.orchestrator.run.ScoringSetup;
import dev.bes.orchestrator.run.Step;
import dev.bes.orchestrator.run.Sweep;
import dev.bes.orchestrator.run.acceptance.NewRun;
import dev.bes.orchestrator.run.claim.Claims.Deferral;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionTemplate;

class ClaimsTests {
    private static final DatabaseFixture DATABASE = DatabaseFixture.shared();
    private static final int ANY = Integer.MAX_VALUE;

    private final RunParts node = DATABASE.node("a");
    private final RunParts other = DATABASE.node("b");
    private final ScoringSetup scoringSetup = new ScoringSetup(node);

    private static List<Callable<List<Claim>>> claimers(int count, NewRun run, int places, int limit) {
        String endpoint = run.definition().endpoint();
        return IntStream.range(0, count)
                .<Callable<List<Claim>>>mapToObj(i -> {
                    Claims claims = DATABASE.node("claimer-" + i).claims();
                    return () -> {
                        List<Claim> all = new ArrayList<>();
                        for (List<Claim> set = claims.claim(Sweep.LAUNCH, endpoint, places, limit, LEASE);
                                !set.isEmpty();
                                set = claims.claim(Sweep.LAUNCH, endpoint, places, limit, LEASE)) {
                            all.addAll(set);
                        }
                        return all;
                    };
                })
                .toList();
    }

    @RepeatedTest(5)
    void givesEveryRowToExactlyOneOfManyClaimers() {
        NewRun run = aRun().withScorings(200).build();
        node.runs().accept(run);

        List<Claim> claims = Parallel.all(claimers(5, run, ANY, 7)).stream()
                .flatMap(Collection::stream)
                .toList();

        assertThat(claims)
                .extracting(Claim::position)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.rangeClosed(1, 200).boxed().toList());
        assertThat(claims).extracting(Claim::epoch).containsOnly(1L);
    }

    @RepeatedTest(5)
    void neverFillsMorePlacesThanThereAre() {
        NewRun run = aRun().withScorings(50).build();
        node.runs().accept(run);

        assertThat(Parallel.all(claimers(6, run, 7, 3)).stream().mapToInt(List::size))
                .as("claimed by each")
                .satisfies(counts ->
                        assertThat(counts.stream().mapToInt(i -> i).sum()).isEqualTo(7));
    }

    @Test
    void countsAPlaceFromTheClaimUntilTheRemoteJobHasEnded() {
        NewRun run = aRun().withScorings(4).build();
        node.runs().accept(run);
        String endpoint = run.definition().endpoint();
        List<Claim> taken = node.claims().claim(Sweep.LAUNCH, endpoint, 2, 10, LEASE);
        assertThat(taken).hasSize(2);
        taken.forEach(claim -> {
            Claim staged = moved(Move.staged(claim, ScoringSetup.STAGED, 3, LEASE));
            assertThat(free(endpoint)).isZero();
            Claim bound = moved(ScoringSetup.submitted(staged, node.intents().open(List.of(staged))));
            assertThat(free(endpoint)).isZero();
            moved(Move.started(bound, Duration.ZERO));
            assertThat(free(endpoint)).isZero();
        });
        Claim started = node.claim(Sweep.TRACK, run).getFirst();
        moved(Move.scored(started, "Finished"));

        assertThat(other.claims().claim(Sweep.LAUNCH, endpoint, 2, 10, LEASE)).hasSize(1);
    }

    private Claim moved(Move move) {
        return node.moves().apply(List.of(move)).getFirst();
    }

    private int free(String endpoint) {
        return other.claims().claim(Sweep.LAUNCH, endpoint, 2, 10, LEASE).size();
    }

    @Test
    void countsNoPlaceForAScoringThatWaits() {
        NewRun run = aRun().withScorings(2).build();
        node.runs().accept(run);
        String endpoint = run.definition().endpoint();
        Claim first = node.claims().claim(Sweep.LAUNCH, endpoint, 1, 10, LEASE).getFirst();
        node.claims().defer(List.of(new Deferral(first, LEASE, "the store is away")));

        assertThat(other.claims().claim(Sweep.LAUNCH, endpoint, 1, 10, LEASE))
                .extracting(Claim::position)
                .containsExactly(2);
    }

    @Test
    void claimsWhatIsBoundAlreadyHoweverFewPlacesThereAre() {
        NewRun run = aRun().withScorings(2).build();
        scoringSetup.all(ScoringSetup.live(Step.SUBMITTED), run);
        node.runs().accept(aRun().on(run.definition().endpoint()).build());
        node.letTimePass(run);

        assertThat(other.claims().claim(Sweep.LAUNCH, run.definition().endpoint(), 1, 10, LEASE))
                .extracting(c -> c.scoringState().step())
                .containsExactly(Step.SUBMITTED, Step.SUBMITTED);
    }

    @Test
    void claimsNoMoreThanTheLimit() {
        NewRun run = aRun().withScorings(3).build();
        scoringSetup.all(ScoringSetup.live(Step.SUBMITTED), run);
        node.runs()
                .accept(aRun().withScorings(3).on(run.definition().endpoint()).build());
        node.letTimePass(run);

        assertThat(other.claims().claim(Sweep.LAUNCH, run.definition().endpoint(), 10, 4, LEASE))
                .extracting(c -> c.scoringState().step())
                .containsExactly(Step.SUBMITTED, Step.SUBMITTED, Step.SUBMITTED, Step.PLANNED);
    }

    @Test
    void claimsTheLongestDueFirst() {
        NewRun run = aRun().withScorings(3).build();
        node.runs().accept(run);
        DATABASE.jdbc()
                .sql("UPDATE scoring SET due_at = due_at - position * interval '1 min' WHERE endpoint = ?")
                .param(run.definition().endpoint())
                .update();

        assertThat(node.claims().claim(Sweep.LAUNCH, run.definition().endpoint(), ANY, 1, LEASE))
                .extracting(Claim::position)
                .containsExactly(3);
    }

    @Test
    void doesNotWaitForRowsThatSomebodyIsAboutToMove() {
        NewRun run = aRun().withScorings(3).build();
        node.runs().accept(run);

        new TransactionTemplate(DATABASE.transactions()).executeWithoutResult(status -> {
            DATABASE.jdbc()
                    .sql("SELECT id FROM scoring WHERE endpoint = ? AND position = 2 FOR UPDATE")
                    .param(run.definition().endpoint())
                    .query(Long.class)
                    .single();
            assertThat(CompletableFuture.supplyAsync(() -> other.claim(Sweep.LAUNCH, run).stream()
                            .map(Claim::position)
                            .toList()))
                    .succeedsWithin(Duration.ofSeconds(5))
                    .isEqualTo(List.of(1, 3));
        });
    }

    @Test
    void givesEachSweepOnlyItsOwn() {
        NewRun run = aRun().build();
        scoringSetup.one(Step.SCORED, run);
        node.letTimePass(run);

        assertThat(other.claim(Sweep.LAUNCH, run)).isEmpty();
        assertThat(other.claim(Sweep.TRACK, run)).isEmpty();
        assertThat(other.claim(Sweep.COLLECT, aRun().build()))
                .as("of another endpoint")
                .isEmpty();
        assertThat(other.claim(Sweep.COLLECT, run)).hasSize(1);
    }

    @Test
    void tellsAllThatIsKnown() {
        NewRun run = aRun().withTemplate("p", "v").deliveredTo("out/${run.id}").build();
        Claim claim = scoringSetup.one(Step.SCORED, run);
        Claim.Facts facts = claim.known();

        assertThat(claim.definition()).isEqualTo(run.definition());
        assertThat(claim.inputs()).isEqualTo(run.scorings().getFirst());
        assertThat(claim.parameters()).containsExactly(Map.entry("p", "v"));
        assertThat(claim.delivery()).isEqualTo("out/" + claim.run());
        assertThat(facts.staged()).isEqualTo(ScoringSetup.STAGED);
        assertThat(facts.rowsIn()).isEqualTo(3);
        assertThat(facts.intents()).isOne();
        assertThat(Objects.requireNonNull(facts.sinceSubmitted()))
                .isGreaterThanOrEqualTo(Objects.requireNonNull(facts.sinceStarted()))
                .isLessThan(Duration.ofMinutes(1));
        assertThat(Objects.requireNonNull(facts.sinceStarted()))
                .isGreaterThanOrEqualTo(Objects.requireNonNull(facts.sinceScored()));
    }
}
