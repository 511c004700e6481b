package dev.bes.orchestrator.run.claim;

import static dev.bes.orchestrator.run.RunBuilder.aRun;
import static dev.bes.orchestrator.run.RunParts.LEASE;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.DatabaseFixture;
import dev.bes.orchestrator.run.Move;
import dev.bes.orchestrator.run.Parallel;
import dev.bes.orchestrator.run.RunBuilder;
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
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Scorings of one definition that take turns by their fairness key. */
class FairnessKeyTests {
    private static final int ANY = Integer.MAX_VALUE;

    private final RunParts node = DatabaseFixture.shared().node("fair");
    private final String endpoint = aRun().definition().endpoint();

    private RunBuilder of(String tenant) {
        return aRun().of("scored")
                .on(endpoint)
                .takingTurnsBy("${request.tenant}")
                .withValue("tenant", tenant);
    }

    /** Accepts a run of so many scorings of a tenant. */
    private void waits(String tenant, int scorings) {
        node.runs().accept(of(tenant).withScorings(scorings).build());
    }

    private List<Claim> claim(int places, int limit) {
        return node.claims().claim(Sweep.LAUNCH, endpoint, places, limit, LEASE);
    }

    private Map<String, Long> byKey(Collection<Claim> claims) {
        return claims.stream()
                .map(claim -> (String) node.row(claim).get("fairness_key"))
                .collect(groupingBy(key -> key, counting()));
    }

    @Test
    void letOneFileStartWhileAnotherTenantHasTenThousandWaiting() {
        waits("a", 10_000);
        waits("b", 1);

        assertThat(byKey(claim(ANY, 10))).containsExactlyInAnyOrderEntriesOf(Map.of("a", 9L, "b", 1L));
    }

    @Test
    void takeTurnsWithinOneClaim() {
        waits("a", 100);
        waits("b", 100);
        waits("c", 2);

        assertThat(byKey(claim(ANY, 20)))
                .hasEntrySatisfying("a", n -> assertThat(n).isBetween(8L, 10L))
                .hasEntrySatisfying("b", n -> assertThat(n).isBetween(8L, 10L))
                .containsEntry("c", 2L);
    }

    @Test
    void takeTurnsAlsoWhenSlotsComeOneByOne() {
        waits("a", 1_000);
        waits("b", 1);
        int starts = 0;
        List<Claim> claims = List.of();
        while (!byKey(claims).containsKey("b")) {
            claims = claim(1, 10);
            assertThat(claims).hasSize(1);
            node.claims().defer(List.of(new Deferral(claims.getFirst(), LEASE, null)));
            starts++;
        }

        assertThat(starts).as("each start is one of two with the same chance").isLessThan(40);
    }

    @Test
    void startNothingTwiceAndForgetNothingOnThreeNodes() {
        waits("a", 300);
        waits("b", 20);
        waits("c", 1);

        List<Claim> claims = Parallel.all(IntStream.range(0, 3)
                        .<Callable<List<Claim>>>mapToObj(i -> {
                            Claims of =
                                    DatabaseFixture.shared().node("fair-" + i).claims();
                            return () -> {
                                List<Claim> all = new ArrayList<>();
                                for (List<Claim> set = of.claim(Sweep.LAUNCH, endpoint, 400, 7, LEASE);
                                        !set.isEmpty();
                                        set = of.claim(Sweep.LAUNCH, endpoint, 400, 7, LEASE)) {
                                    all.addAll(set);
                                }
                                return all;
                            };
                        })
                        .toList())
                .stream()
                .flatMap(List::stream)
                .toList();

        assertThat(claims).extracting(Claim::scoring).doesNotHaveDuplicates();
        assertThat(claims).extracting(Claim::epoch).containsOnly(1L);
        assertThat(byKey(claims)).containsExactlyInAnyOrderEntriesOf(Map.of("a", 300L, "b", 20L, "c", 1L));
    }

    @Test
    void holdForRetries() {
        NewRun run = of("b").withAttempts(2).build();
        Claim started = new ScoringSetup(node).one(Step.STARTED, run);
        node.moves().apply(List.of(Move.tryAgain(started, Duration.ZERO, "it broke", "Failed")));
        waits("a", 1_000);

        assertThat(claim(ANY, 10))
                .anySatisfy(claim -> assertThat(claim.attempt()).isEqualTo(2));
    }

    @Test
    void areSharedWithDefinitionsWithoutKeys() {
        waits("a", 100);
        waits("b", 100);
        node.runs().accept(aRun().of("plain").on(endpoint).withScorings(2_000).build());
        waits("c", 1_800);

        Map<String, Long> keys = byKey(claim(ANY, 200));

        assertThat(keys.get("")).as("half of the starts, however many keys").isBetween(60L, 140L);
    }

    @Test
    void areAllConsideredHoweverManyThereAre() {
        node.runs()
                .accept(aRun().of("scored")
                        .on(endpoint)
                        .takingTurnsBy("${file.stem}")
                        .withScorings(10 * LaunchQueues.WINDOW + 50)
                        .build());
        waits("zz", 1);
        List<Claim> claims = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            claims.addAll(claim(ANY, 300));
        }

        assertThat(claims).hasSize(10 * LaunchQueues.WINDOW + 51);
    }

    @Test
    void leaveTheShareOfOtherDefinitionsAloneHoweverManyThereAre() {
        node.runs()
                .accept(aRun().of("many")
                        .on(endpoint)
                        .takingTurnsBy("${file.stem}")
                        .withScorings(10 * LaunchQueues.WINDOW)
                        .build());
        node.runs().accept(aRun().of("one").on(endpoint).withScorings(1_000).build());
        List<Claim> claims = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            claims.addAll(claim(ANY, 20));
        }

        assertThat(claims).hasSize(400);
        assertThat(byKey(claims).get("")).as("half of the starts").isBetween(150L, 250L);
    }

    @Test
    void areFoundBehindManyThatAreNotDue() {
        node.runs()
                .accept(aRun().of("scored")
                        .on(endpoint)
                        .takingTurnsBy("${file.stem}")
                        .withScorings(LaunchQueues.WINDOW)
                        .build());
        assertThat(claim(ANY, 1_000)).hasSize(LaunchQueues.WINDOW);
        waits("zz", 1);

        assertThat(node.dueTimes().next(List.of(endpoint)))
                .as("the endpoint is looked at")
                .anySatisfy(due -> assertThat(due.in()).isLessThanOrEqualTo(Duration.ZERO));
        assertThat(claim(ANY, 10)).hasSize(1);
        waits("zz", 1);
        assertThat(claim(ANY, 10)).hasSize(1);
    }

    @Test
    void areTextOfThisLengthWithoutInvisibleCharacters() {
        waits("x\u202e\n" + "y".repeat(300), 1);

        assertThat(byKey(claim(ANY, 1))).containsOnlyKeys("x__" + "y".repeat(197));
    }

    @Test
    void areTheReasonOfWhatWaitsForItsTurn() {
        waits("a", 5);
        long run = node.runs().accept(of("b").build()).id();

        assertThat(node.reader().scorings(run, 0, 10).getFirst().cause())
                .isEqualTo("Waits for its turn: 2 fairness keys of its definition wait, and this is 'b'");
    }

    @Test
    void areNotAskedForByOldRows() {
        waits("a", 3);
        DatabaseFixture.shared()
                .jdbc()
                .sql("UPDATE scoring SET fairness_key = DEFAULT, pool = DEFAULT WHERE endpoint = ?")
                .param(endpoint)
                .update();

        assertThat(claim(ANY, 10)).hasSize(3);
    }
}
