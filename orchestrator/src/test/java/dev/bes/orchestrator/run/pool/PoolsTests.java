package dev.bes.orchestrator.run.pool;

import static dev.bes.orchestrator.run.RunBuilder.aRun;
import static dev.bes.orchestrator.run.RunParts.LEASE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.DatabaseFixture;
import dev.bes.orchestrator.run.Move;
import dev.bes.orchestrator.run.Parallel;
import dev.bes.orchestrator.run.RunBuilder;
import dev.bes.orchestrator.run.RunParts;
import dev.bes.orchestrator.run.ScoringSetup;
import dev.bes.orchestrator.run.Sweep;
import dev.bes.orchestrator.run.claim.Claims.Deferral;
import dev.bes.orchestrator.run.pool.Pool.Limits;
import dev.bes.orchestrator.run.pool.Pool.Rate;
import dev.bes.orchestrator.run.pool.Pool.Use;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** What pools allow, over definitions, endpoints and nodes. */
class PoolsTests {
    private static final DatabaseFixture DATABASE = DatabaseFixture.shared();
    private static final AtomicInteger NAMES = new AtomicInteger();
    private static final int ANY = Integer.MAX_VALUE;

    private final String pool = "pool-" + NAMES.incrementAndGet();
    private final String endpoint = aRun().definition().endpoint();
    private final Pools pools = DATABASE.pools();
    private final PoolReader reader = new PoolReader(DATABASE.jdbc());
    private final RunParts node = DATABASE.node("a");

    private Pool allow(int slots) {
        return allow(slots, null);
    }

    private Pool allow(int slots, @Nullable Rate rate) {
        return pools.put(pool, new Limits("", slots, rate), "user:ada", before -> {});
    }

    private void waits(RunBuilder run, int scorings) {
        node.runs().accept(run.withScorings(scorings).build());
    }

    private List<Claim> claim(RunParts by, String at) {
        return by.claims().claim(Sweep.LAUNCH, at, ANY, 100, LEASE);
    }

    private List<Claim> claim() {
        return claim(node, endpoint);
    }

    private Claim moved(Move move) {
        return node.moves().apply(List.of(move)).getFirst();
    }

    @Test
    void holdForAllDefinitionsThatNameThem() {
        allow(5);
        waits(aRun().on(endpoint).inPool(pool), 10);
        waits(aRun().on(endpoint).inPool(pool), 10);

        assertThat(claim()).hasSize(5);
        assertThat(claim()).isEmpty();
        assertThat(reader.use(pool)).isEqualTo(new Use(5, 15, 0));
    }

    @Test
    void holdForAllEndpoints() {
        allow(5);
        String other = aRun().definition().endpoint();
        waits(aRun().on(endpoint).inPool(pool), 3);
        waits(aRun().on(other).inPool(pool), 10);

        int claimed = 0;
        for (int i = 0; i < 100 && claimed < 5; i++) {
            claimed += claim().size() + claim(node, other).size();
        }

        assertThat(claimed).isEqualTo(5);
        assertThat(reader.use(pool)).isEqualTo(new Use(5, 8, 0));
    }

    @Test
    void letNoEndpointStarveBehindABusierOne() {
        allow(1);
        String other = aRun().definition().endpoint();
        waits(aRun().on(endpoint).inPool(pool), 200);
        waits(aRun().on(other).inPool(pool), 1);
        int starts = 0;
        while (claim(node, other).isEmpty()) {
            List<Claim> claims = claim();
            node.claims()
                    .defer(claims.stream()
                            .map(claim -> new Deferral(claim, LEASE, null))
                            .toList());
            assertThat(++starts)
                    .as("each start is one of two with the same chance")
                    .isLessThan(60);
        }
    }

    @RepeatedTest(3)
    void holdForAllNodes() {
        allow(7);
        String other = aRun().definition().endpoint();
        waits(aRun().on(endpoint).inPool(pool), 30);
        waits(aRun().on(other).inPool(pool), 30);

        List<Callable<Integer>> claimers = IntStream.range(0, 6)
                .<Callable<Integer>>mapToObj(i -> {
                    RunParts of = DATABASE.node("pool-node-" + i % 3);
                    return () -> claim(of, i % 2 == 0 ? endpoint : other).size();
                })
                .toList();

        int claimed = 0;
        for (int i = 0; i < 100 && claimed < 7; i++) {
            claimed += Parallel.all(claimers).stream().mapToInt(n -> n).sum();
        }

        assertThat(claimed).isEqualTo(7);
        assertThat(reader.use(pool).used()).isEqualTo(7);
        assertThat(Parallel.all(claimers)).containsOnly(0);
    }

    @Test
    void areHeldFromTheClaimUntilTheRemoteJobHasEnded() {
        allow(1);
        waits(aRun().on(endpoint).inPool(pool), 2);
        Claim staged = moved(Move.staged(claim().getFirst(), ScoringSetup.STAGED, 3, LEASE));
        Claim bound = moved(ScoringSetup.submitted(staged, node.intents().open(List.of(staged))));
        assertThat(claim()).isEmpty();
        moved(Move.started(bound, Duration.ZERO));
        assertThat(claim()).isEmpty();
        Claim started =
                node.claims().claim(Sweep.TRACK, endpoint, ANY, 10, LEASE).getFirst();
        moved(Move.scored(started, "Finished"));

        assertThat(claim()).hasSize(1);
    }

    @Test
    void areFreeAgainWhenANodeIsGoneOrItsScoringWaits() {
        allow(2);
        waits(aRun().on(endpoint).inPool(pool), 4);
        List<Claim> claims = claim();
        node.claims().defer(List.of(new Deferral(claims.getFirst(), LEASE, "the store is away")));
        DATABASE.jdbc()
                .sql("UPDATE scoring SET due_at = clock_timestamp() - interval '1 s' WHERE id = ?")
                .param(claims.getLast().scoring())
                .update();

        assertThat(reader.use(pool)).isEqualTo(new Use(0, 4, 0));
        assertThat(claim(DATABASE.node("b"), endpoint)).hasSize(2);
    }

    @Test
    void letOthersPassWhoNeedNoneOrAnotherOne() {
        allow(0);
        waits(aRun().on(endpoint).inPool(pool), 50);
        waits(aRun().on(endpoint), 10);

        assertThat(claim()).hasSize(10).allMatch(claim -> claim.definition().pool() == null);
    }

    @Test
    void letNothingStartThatNamesOneThatDoesNotExist() {
        waits(aRun().on(endpoint).inPool(pool), 2);
        assertThat(claim()).isEmpty();
        assertThat(reader.use(pool)).isEqualTo(new Use(0, 2, 0));

        allow(1);

        assertThat(claim()).hasSize(1);
    }

    @Test
    void changeAtOnce() {
        allow(1);
        waits(aRun().on(endpoint).inPool(pool), 10);
        assertThat(claim()).hasSize(1);
        allow(3);
        assertThat(claim()).hasSize(2);
        allow(2);

        assertThat(claim()).isEmpty();
        assertThat(reader.use(pool)).isEqualTo(new Use(3, 7, 0));
    }

    @Test
    void limitTheLaunchesWithinATime() {
        allow(100, new Rate(3, Duration.ofHours(1)));
        waits(aRun().on(endpoint).inPool(pool), 10);
        List<Claim> claims = claim();
        assertThat(claims).hasSize(3);
        node.claims().release(claims);
        assertThat(claim()).as("a launch that is repeated counts again").isEmpty();
        assertThat(reader.use(pool)).isEqualTo(new Use(0, 10, 3));
        DATABASE.jdbc()
                .sql("UPDATE pool_start SET at = at - interval '59 min' WHERE pool = ?")
                .param(pool)
                .update();
        assertThat(claim()).isEmpty();
        DATABASE.jdbc()
                .sql("UPDATE pool_start SET at = at - interval '1 min' WHERE pool = ?")
                .param(pool)
                .update();

        assertThat(claim()).hasSize(3);
        assertThat(DATABASE.jdbc()
                        .sql("SELECT count(*) FROM pool_start WHERE pool = ?")
                        .param(pool)
                        .query(Integer.class)
                        .single())
                .as("rows of launches that are over are deleted")
                .isEqualTo(3);
    }

    @Test
    void areSharedByPriorityWithinTheEndpoint() {
        allow(300);
        waits(aRun().on(endpoint).inPool(pool).withPriority(10), 400);
        waits(aRun().on(endpoint).inPool(pool).withPriority(30), 400);
        List<Claim> claims = new ArrayList<>();
        for (List<Claim> some = claim(); !some.isEmpty(); some = claim()) {
            claims.addAll(some);
        }

        assertThat(claims).hasSize(300);
        assertThat(claims.stream().filter(claim -> claim.definition().priority() == 30))
                .hasSizeBetween(190, 260);
    }

    @Test
    void areNotRemovedWhileScoringsNeedThem() {
        Pool made = allow(1);
        waits(aRun().on(endpoint).inPool(pool), 1);
        assertThat(pools.remove(made, "user:ada", before -> {})).isFalse();
        List<Claim> claims = claim();
        assertThat(pools.remove(made, "user:ada", before -> {})).isFalse();
        node.moves().apply(List.of(Move.failed(claims.getFirst(), "it broke", null)));

        assertThat(pools.remove(made, "user:ada", before -> {})).isTrue();
        assertThat(reader.find(pool)).isEmpty();
    }

    @Test
    void tellWhoChangedThem() {
        allow(1);
        Pool changed = allow(2, new Rate(10, Duration.ofMinutes(1)));

        assertThat(changed.version()).isEqualTo(2);
        assertThat(changed.changedBy()).isEqualTo("user:ada");
        assertThat(DATABASE.jdbc()
                        .sql("SELECT before || ' -> ' || after FROM audit WHERE object = ? AND before IS NOT NULL")
                        .param("pool " + pool)
                        .query(String.class)
                        .single())
                .isEqualTo("slots 1, rate none -> slots 2, rate 10 in 60 s");
    }

    private String waitReason(RunBuilder run) {
        long id = node.runs().accept(run.build()).id();
        return String.valueOf(node.reader().scorings(id, 0, 10).getFirst().cause());
    }

    @Test
    void areTheReasonOfWhatWaitsForThem() {
        RunBuilder run = aRun().on(endpoint).inPool(pool).withScorings(2);
        String waits = "Waits for pool '" + pool + "'";
        assertThat(waitReason(run)).isEqualTo(waits + ", which does not exist");
        allow(1);
        assertThat(waitReason(aRun().on(endpoint).inPool(pool))).isEqualTo("null");
        claim();
        assertThat(waitReason(aRun().on(endpoint).inPool(pool))).isEqualTo(waits + " (1 of 1 slots used)");
        allow(5, new Rate(1, Duration.ofHours(1)));
        claim();
        assertThat(waitReason(aRun().on(endpoint).inPool(pool)))
                .isEqualTo(waits + " (1 launches in 3600 s, and no more are allowed)");
    }

    @Test
    void areNotChangedByWhoHasSeenAnotherVersion() {
        allow(1);

        assertThatIllegalStateException()
                .isThrownBy(() -> pools.put(pool, new Limits("", 5, null), "user:ada", before -> {
                    throw new IllegalStateException("changed meanwhile");
                }));
        assertThat(reader.find(pool).orElseThrow().limits().slots()).isEqualTo(1);
    }
}
