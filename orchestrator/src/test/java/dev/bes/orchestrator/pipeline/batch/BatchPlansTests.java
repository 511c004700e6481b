package dev.bes.orchestrator.pipeline.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.OldDatabase;
import dev.bes.orchestrator.run.RecordedPlans;
import dev.bes.orchestrator.run.RecordedPlans.Plan;
import dev.bes.orchestrator.run.Sweep;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** With 100,000 executions in the tables of Spring Batch, neither a set nor the purge reads a table whole. */
@Tag("slow")
class BatchPlansTests {
    private static final int OFTEN = 12;

    private final OldDatabase old = OldDatabase.shared();

    private void readNoTableWhole(Runnable work) {
        for (int i = 0; i < OFTEN; i++) {
            List<Plan> plans = old.plans().of(work);
            assertThat(plans).isNotEmpty();
            assertThat(RecordedPlans.readWhole(plans)).isEmpty();
        }
    }

    @Test
    void runsASetByIndex() {
        List<Claim> set = old.database()
                .node("batch")
                .claims()
                .claim(Sweep.LAUNCH, OldDatabase.BUSY, Integer.MAX_VALUE, 2, Duration.ofHours(1));

        try (BatchContext batch = new BatchContext(old.database().jdbc())) {
            readNoTableWhole(() -> {
                batch.launch(set);
                batch.flush();
            });
        }
        old.database().node("batch").claims().releaseAll();
    }

    @Test
    void purgesByIndex() {
        BatchPurge purge = new BatchPurge(old.database().jdbc());

        readNoTableWhole(() -> assertThat(purge.purge(Duration.ofDays(7), 500)).isEqualTo(500));
    }
}
