package dev.bes.orchestrator.pipeline.sweep;

import static dev.bes.orchestrator.run.RunBuilder.aRun;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.list;
import static org.awaitility.Awaitility.await;

import dev.bes.orchestrator.node.HealthyFolders;
import dev.bes.orchestrator.pipeline.ClaimBuilder;
import dev.bes.orchestrator.pipeline.PipelineSettings;
import dev.bes.orchestrator.pipeline.StepFixture;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.DatabaseFixture;
import dev.bes.orchestrator.run.RunParts;
import dev.bes.orchestrator.run.Step;
import dev.bes.orchestrator.run.Sweep;
import dev.bes.orchestrator.run.acceptance.NewRun;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;

class CollectHandoverTests {
    private static final Duration SOON = Duration.ofSeconds(10);

    private final PipelineSettings settings = new StepFixture().settings;
    private final LeaseRenewal leaseRenewal = new LeaseRenewal(
            DatabaseFixture.shared().heartbeat("a"), settings, new SweepMeters(new SimpleMeterRegistry()));
    private final CollectHandover collectHandover = new CollectHandover(leaseRenewal, new HealthyFolders(), settings);
    private final CountDownLatch gate = new CountDownLatch(1);

    private static List<Claim> set() {
        return List.of(ClaimBuilder.aClaim(Step.STARTED).build());
    }

    private void waitAtTheGate() {
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitRoom() {
        await().atMost(SOON).until(() -> collectHandover.tryHandOver(set(), () -> {}));
    }

    @Test
    void takesAsManySetsAtATimeAsThereAreLoops() {
        for (int i = 0; i < settings.loopsPerEndpoint(); i++) {
            assertThat(collectHandover.tryHandOver(set(), this::waitAtTheGate)).isTrue();
        }
        assertThat(collectHandover.tryHandOver(set(), () -> {})).isFalse();

        gate.countDown();
        awaitRoom();
    }

    @Test
    void holdsWhatItWorksOn() {
        RunParts node = DatabaseFixture.shared().node("a");
        NewRun run = aRun().build();
        node.runs().accept(run);
        List<Claim> set =
                node.claims().claim(Sweep.LAUNCH, run.definition().endpoint(), Integer.MAX_VALUE, 10, Duration.ZERO);
        CompletableFuture<List<Claim>> takenByOthers = new CompletableFuture<>();

        collectHandover.tryHandOver(set, () -> {
            leaseRenewal.beat();
            takenByOthers.complete(DatabaseFixture.shared().node("b").claim(Sweep.LAUNCH, run));
        });

        assertThat(takenByOthers)
                .succeedsWithin(SOON)
                .asInstanceOf(list(Claim.class))
                .isEmpty();
    }

    @Test
    void hasRoomAgainWhateverGoesWrong() {
        for (RuntimeException wrong : List.of(
                new IllegalStateException("nobody thought of this"),
                new DataAccessResourceFailureException("the database is away"))) {
            await().atMost(SOON)
                    .until(() -> collectHandover.tryHandOver(set(), () -> {
                        throw wrong;
                    }));
        }
        awaitRoom();
    }

    @Test
    void waitsForWhatIsUnderWayWhenItEnds() throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        collectHandover.tryHandOver(set(), () -> {
            waitAtTheGate();
            done.countDown();
        });
        Thread.ofVirtual().start(gate::countDown);

        collectHandover.stop(SOON);

        assertThat(done.getCount()).isZero();
        assertThat(collectHandover.tryHandOver(set(), () -> {}))
                .as("after its end")
                .isFalse();
        collectHandover.start();
        awaitRoom();
    }
}
