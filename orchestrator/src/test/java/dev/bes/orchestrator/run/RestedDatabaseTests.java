package dev.bes.orchestrator.run;

import static dev.bes.orchestrator.run.RunBuilder.aRun;
import static dev.bes.orchestrator.run.RunParts.LEASE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.run.RecordedPlans.Plan;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * In a database whose statistics are of a time in which nothing was live, as they mostly are, an index of all that is live
 * looks as good to PostgreSQL as the one made for a statement. The statements of the sweeps go by their own all the same.
 */
@Tag("slow")
class RestedDatabaseTests {
    // enough that the indexes of the sweeps have grown, as they do where much comes and goes
    private static final int ENDED = 10_000;

    private static final int LIVE = 400;
    private static final int FEW = 50;
    private static final String ENDPOINT = "busy";

    private static final DatabaseFixture RESTED = rested();

    private final RecordedPlans recordedPlans = new RecordedPlans();
    private final RunParts seen = RESTED.through(recordedPlans::over).node("a");
    private final ScoringSetup scoringSetup = new ScoringSetup(RESTED.node("a"));

    private static DatabaseFixture rested() {
        DatabaseFixture databaseFixture = DatabaseFixture.withConnections(4);
        List.of("run", "scoring")
                .forEach(table -> databaseFixture
                        .jdbc()
                        .sql("ALTER TABLE " + table + " SET (autovacuum_enabled = off)")
                        .update());
        ScoringSetup others = new ScoringSetup(databaseFixture.node("others"));
        others.all(
                ScoringSetup.live(Step.DELIVERED),
                aRun().on(ENDPOINT).withScorings(ENDED).build());
        databaseFixture.jdbc().sql("ANALYZE").update();
        List.of(Step.PLANNED, Step.SUBMITTED, Step.STARTED, Step.SCORED)
                .forEach(step -> others.all(
                        ScoringSetup.live(step),
                        aRun().on(ENDPOINT).withScorings(LIVE).build()));
        return databaseFixture;
    }

    private long read(Runnable work) {
        List<Plan> made = recordedPlans.of(work);
        assertThat(made).isNotEmpty();
        return made.stream().mapToLong(plan -> plan.read("scoring")).sum();
    }

    @ParameterizedTest
    @EnumSource
    void claimsWithoutALookAtAllThatIsLive(Sweep sweep) {
        assertThat(read(() -> seen.claims().claim(sweep, ENDPOINT, Integer.MAX_VALUE, 2, LEASE)))
                .isLessThan(FEW);
    }

    @Test
    void looksForWorkWithoutALookAtAllThatIsLive() {
        assertThat(read(() -> seen.dueTimes().next(List.of(ENDPOINT)))).isLessThan(FEW);
    }

    @Test
    void endsOneOfARunWithoutALookAtAllThatIsLive() {
        List<Claim> claims = scoringSetup.all(
                ScoringSetup.live(Step.STARTED),
                aRun().on(ENDPOINT).withScorings(2).build());

        assertThat(read(() -> seen.moves().apply(List.of(Move.failed(claims.getFirst(), "it broke", "Failed")))))
                .isLessThan(FEW);
    }
}
