package dev.bes.orchestrator.run;

import static dev.bes.orchestrator.run.RunBuilder.aRun;
import static dev.bes.orchestrator.run.RunParts.LEASE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.run.acceptance.NewRun;
import dev.bes.orchestrator.run.claim.HeldClaims;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A set of claims whose rows are touched by the heart of the node at the very moment at which something is done to them. */
class ChangedMeanwhileTests {
    private static final DatabaseFixture DATABASE = withThePlansOfALargeTable();

    private final RunParts node = DATABASE.node("a");
    private final ScoringSetup scoringSetup = new ScoringSetup(node);

    private static DatabaseFixture withThePlansOfALargeTable() {
        DatabaseFixture databaseFixture = DatabaseFixture.withConnections(4);
        databaseFixture.jdbc().sql("""
                DO $$ BEGIN
                    EXECUTE format('ALTER DATABASE %I SET enable_hashjoin = off', current_database());
                    EXECUTE format('ALTER DATABASE %I SET enable_mergejoin = off', current_database());
                    EXECUTE format('ALTER DATABASE %I SET lock_timeout = 30000', current_database());
                END $$""").update();
        databaseFixture.dataSource().getHikariPoolMXBean().softEvictConnections();
        return databaseFixture;
    }

    /** Does it while another transaction renews all claims, and ends only when the first of them has waited for that. */
    private static <T> T whileRenewed(NewRun run, Callable<T> work) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                Connection heart = DATABASE.dataSource().getConnection();
                PreparedStatement renewal = heart.prepareStatement(
                        "UPDATE scoring SET due_at = due_at + interval '1 second' WHERE endpoint = ?")) {
            heart.setAutoCommit(false);
            renewal.setString(1, run.definition().endpoint());
            renewal.executeUpdate();
            Future<T> result = threads.submit(work);
            Awaitility.await().atMost(60, TimeUnit.SECONDS).until(ChangedMeanwhileTests::somebodyWaits);
            heart.commit();
            return result.get(60, TimeUnit.SECONDS);
        }
    }

    private static boolean somebodyWaits() {
        return DATABASE.jdbc()
                .sql(
                        "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock')")
                .query(Boolean.class)
                .single();
    }

    @Test
    void movesASetWhoseLeasesAreRenewedMeanwhile() throws Exception {
        NewRun run = aRun().withScorings(20).build();
        List<Claim> claims = scoringSetup.all(ScoringSetup.live(Step.STARTED), run);

        List<Claim> moved = whileRenewed(
                run,
                () -> node.moves()
                        .apply(claims.stream()
                                .map(c -> Move.scored(c, "Finished"))
                                .toList()));

        assertThat(moved).hasSize(20);
    }

    @Test
    void movesAScoringWhoseLeaseIsRenewedMeanwhile() throws Exception {
        NewRun run = aRun().build();
        Claim claim = scoringSetup.one(Step.STARTED, run);

        assertThat(whileRenewed(run, () -> node.moves().apply(List.of(Move.scored(claim, "Finished")))))
                .hasSize(1);
        assertThat(node.position(claim).step()).isEqualTo(Step.SCORED);
    }

    @Test
    void cancelsARunWhoseLeasesAreRenewedMeanwhile() throws Exception {
        NewRun run = aRun().withScorings(20).build();
        List<Claim> claims = scoringSetup.all(ScoringSetup.live(Step.STAGED), run);

        whileRenewed(run, () -> node.cancellation().cancel(claims.getFirst().run(), Actor.user("ada")));

        assertThat(node.run(claims.getFirst()).state()).isEqualTo(State.CANCELLED);
        assertThat(node.run(claims.getFirst()).live()).isZero();
    }

    @Test
    void renewsLeasesButOfScoringsThatAreMovedMeanwhile() throws Exception {
        NewRun run = aRun().withScorings(20).build();
        node.runs().accept(run);
        List<Claim> claims =
                node.claims().claim(Sweep.LAUNCH, run.definition().endpoint(), Integer.MAX_VALUE, 20, Duration.ZERO);
        Claim onTheMove = claims.get(10);
        try (Connection other = DATABASE.dataSource().getConnection();
                PreparedStatement move = other.prepareStatement("UPDATE scoring SET cause = 'it moves' WHERE id = ?")) {
            other.setAutoCommit(false);
            move.setLong(1, onTheMove.scoring());
            move.executeUpdate();

            DATABASE.heartbeat("a").beat(new HeldClaims(claims), LEASE);

            other.commit();
        }
        assertThat(DATABASE.node("b").claim(Sweep.LAUNCH, run))
                .extracting(Claim::scoring)
                .containsExactly(onTheMove.scoring());
    }
}
