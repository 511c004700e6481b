package dev.bes.orchestrator.run;

import static dev.bes.orchestrator.run.RunBuilder.aRun;
import static dev.bes.orchestrator.run.RunParts.LEASE;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.run.RecordedPlans.Plan;
import dev.bes.orchestrator.run.acceptance.NewRun;
import dev.bes.orchestrator.run.claim.Claims.Deferral;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** In a database of which PostgreSQL has no statistics yet, the statements of the sweeps go by index all the same. */
@Tag("slow")
class YoungDatabaseTests {
    private static final int OTHERS = 400;
    private static final int FEW = 10;

    private final RecordedPlans recordedPlans = new RecordedPlans();
    private final DatabaseFixture young = young();
    private final RunParts node = young.through(recordedPlans::over).node("a");
    private final ScoringSetup scoringSetup = new ScoringSetup(node);

    /** Migrated, and with so little in it that it looks cheap to read all of it. */
    private static DatabaseFixture young() {
        DatabaseFixture databaseFixture = DatabaseFixture.withConnections(4);
        List.of("run", "scoring", "attempt", "submit_intent", "history")
                .forEach(table -> databaseFixture
                        .jdbc()
                        .sql("ALTER TABLE " + table + " SET (autovacuum_enabled = off)")
                        .update());
        RunParts others = databaseFixture.node("others");
        List.of(Step.PLANNED, Step.STARTED, Step.SCORED)
                .forEach(step -> new ScoringSetup(others)
                        .all(
                                ScoringSetup.live(step),
                                aRun().withScorings(OTHERS).build()));
        return databaseFixture;
    }

    /** How many rows of scorings, runs and attempts the work looks at, none of which it reads whole. */
    private long read(Runnable work) {
        List<Plan> made = recordedPlans.of(work);
        assertThat(made).isNotEmpty();
        assertThat(RecordedPlans.readWhole(made)).isEmpty();
        return made.stream()
                .mapToLong(plan -> plan.read("scoring") + plan.read("attempt") + plan.read("run"))
                .sum();
    }

    @Test
    void doesNotReadAllToSeeALoneScoringThrough() {
        for (int i = 0; i < FEW; i++) {
            NewRun run = aRun().build();
            assertThat(read(() -> scoringSetup.one(Step.DELIVERED, run))).isLessThan(FEW * FEW);
        }
    }

    @Test
    void looksForARequestThatComesAgainByTheIndexOfRequests() {
        NewRun run = aRun().build();
        List<Plan> made = recordedPlans.of(() -> node.runs().accept(run));

        assertThat(made.stream().flatMap(plan -> plan.indexes("run").stream()).collect(toSet()))
                .contains("run_request_once")
                .isSubsetOf("run_request_once", "run_pkey");
    }

    @Test
    void doesNotReadAllToHoldOnAndToLetGo() {
        NewRun run = aRun().withScorings(FEW).build();
        node.runs().accept(run);
        List<Claim> held = new ArrayList<>();

        assertThat(read(() -> held.addAll(node.claim(Sweep.LAUNCH, run)))).isLessThan(FEW * FEW);
        assertThat(read(() -> node.claims().renew(held, LEASE))).isLessThan(FEW * FEW);
        assertThat(read(() -> node.claims()
                        .defer(held.stream()
                                .map(claim -> new Deferral(claim, Duration.ZERO, "rain"))
                                .toList())))
                .isLessThan(FEW * FEW);
        assertThat(read(() -> node.cancellation().cancel(held.getFirst().run(), Actor.user("ada"))))
                .isLessThan(FEW * FEW);
    }
}
