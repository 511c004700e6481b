package dev.bes.orchestrator.pipeline.sweep;

import static dev.bes.orchestrator.run.RunBuilder.aRun;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bes.orchestrator.node.Heartbeat;
import dev.bes.orchestrator.pipeline.StepFixture;
import dev.bes.orchestrator.run.Actor;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.DatabaseFixture;
import dev.bes.orchestrator.run.RunParts;
import dev.bes.orchestrator.run.Sweep;
import dev.bes.orchestrator.run.acceptance.NewRun;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class LeaseRenewalTests {
    private final RunParts node = DatabaseFixture.shared().node("a");
    private final NewRun run = aRun().build();
    private final LeaseRenewal leaseRenewal = new LeaseRenewal(
            DatabaseFixture.shared().heartbeat("a"),
            new StepFixture().settings,
            new SweepMeters(new SimpleMeterRegistry()));

    private List<Claim> claimed() {
        node.runs().accept(run);
        return node.claims().claim(Sweep.LAUNCH, run.definition().endpoint(), Integer.MAX_VALUE, 10, Duration.ZERO);
    }

    @Test
    void holdsWhatItIsWorkingOn() {
        List<Claim> set = claimed();
        leaseRenewal.renewDuring(set, () -> {
            leaseRenewal.beat();
            assertThat(leaseRenewal.isHeld(set.getFirst())).isTrue();
            assertThat(DatabaseFixture.shared().node("b").claim(Sweep.LAUNCH, run))
                    .isEmpty();
        });
    }

    @Test
    void knowsWhatItHasLost() {
        List<Claim> set = claimed();
        leaseRenewal.renewDuring(set, () -> {
            leaseRenewal.beat();
            node.cancellation().cancel(set.getFirst().run(), Actor.user("ada"));
            assertThat(leaseRenewal.isHeld(set.getFirst()))
                    .as("until the next beat")
                    .isTrue();
            leaseRenewal.beat();
            assertThat(leaseRenewal.isHeld(set.getFirst())).isFalse();
        });
    }

    @Test
    void holdsNothingBeforeTheFirstBeat() {
        assertThat(leaseRenewal.isHeld(claimed().getFirst())).isFalse();
    }

    @Test
    void survivesABeatThatGoesWrongHoweverItDoes() {
        Queue<RuntimeException> wrong = new ArrayDeque<>(List.of(new IllegalStateException("nobody thought of this")));
        Heartbeat heartbeat = DatabaseFixture.shared().heartbeat("a", () -> {
            if (!wrong.isEmpty()) {
                throw wrong.remove();
            }
            return InstantSource.system().instant();
        });
        LeaseRenewal hurt =
                new LeaseRenewal(heartbeat, new StepFixture().settings, new SweepMeters(new SimpleMeterRegistry()));

        hurt.beat();
        assertThat(heartbeat.fit()).isFalse();
        hurt.beat();
        assertThat(heartbeat.fit()).isTrue();
    }

    @Test
    void beatsByItselfUntilItIsStopped() {
        leaseRenewal.start();
        String beaten = "SELECT count(*) FROM node WHERE name = 'a' AND last_heartbeat_at > started_at";
        await().atMost(Duration.ofSeconds(30))
                .until(() -> DatabaseFixture.shared()
                                .jdbc()
                                .sql(beaten)
                                .query(Long.class)
                                .single()
                        == 1);
        leaseRenewal.stop();

        assertThat(DatabaseFixture.shared()
                        .jdbc()
                        .sql("SELECT count(*) FROM node WHERE name = 'a'")
                        .query(Long.class)
                        .single())
                .isZero();
    }
}
