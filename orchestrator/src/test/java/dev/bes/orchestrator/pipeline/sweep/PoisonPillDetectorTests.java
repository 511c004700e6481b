package dev.bes.orchestrator.pipeline.sweep;

import static dev.bes.orchestrator.run.RunBuilder.aRun;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.pipeline.PipelineSettings;
import dev.bes.orchestrator.pipeline.StepFixture;
import dev.bes.orchestrator.run.Attention;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.DatabaseFixture;
import dev.bes.orchestrator.run.RunParts;
import dev.bes.orchestrator.run.Sweep;
import dev.bes.orchestrator.run.acceptance.NewRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PoisonPillDetectorTests {
    private final NewRun run = aRun().withScorings(600).build();
    private final PipelineSettings settings = new StepFixture().settings;
    private final List<Integer> sets = new ArrayList<>();

    private RunParts node(int number) {
        return DatabaseFixture.shared().node("node-" + number);
    }

    /** What a fresh node would work on next; it never lets go of it, nor does it live to renew it. */
    private List<Claim> together(RunParts node) {
        List<Claim> claimed = node.claims()
                .claim(Sweep.LAUNCH, run.definition().endpoint(), Integer.MAX_VALUE, settings.setSize(), Duration.ZERO);
        return new PoisonPillDetector(node.claims(), node.moves(), settings).select(claimed);
    }

    @Test
    void leavesASetAloneThatKilledNobody() {
        node(0).runs().accept(run);

        assertThat(together(node(0))).hasSize(500);
    }

    @Test
    void findsTheOneThatKillsNodeAfterNodeAndLetsTheOthersGoOn() {
        node(0).runs().accept(run);
        long poison = 0;
        for (int deaths = 0; deaths < 4; deaths++) {
            List<Claim> set = together(node(deaths));
            if (deaths == 0) {
                poison = set.getFirst().scoring();
            }
            sets.add(set.size());
            assertThat(set).extracting(Claim::scoring).as("death " + deaths).contains(poison);
        }
        assertThat(sets).as("fewer under suspicion with each death").containsExactly(500, 62, 7, 1);

        assertThat(together(node(4))).extracting(Claim::scoring).doesNotContain(poison);
        assertThat(node(4).reader().scorings(runId(), 0, 600))
                .filteredOn(s -> s.attention() != null)
                .singleElement()
                .satisfies(s -> {
                    assertThat(s.attention()).isEqualTo(Attention.KILLS_ITS_NODE);
                    assertThat(s.cause()).isEqualTo("4 nodes in a row stopped responding while they processed it");
                });
    }

    @Test
    void letsGoOfThoseThatAreNotUnderTheSameSuspicion() {
        node(0).runs().accept(run);
        together(node(0));
        List<Claim> second = together(node(1));

        assertThat(second).hasSize(62).allMatch(c -> c.expiredLeases() == 1);
        assertThat(node(2).claims()
                        .claim(Sweep.LAUNCH, run.definition().endpoint(), Integer.MAX_VALUE, 600, Duration.ZERO))
                .as("all are free again, and none has been blamed for the second death but those of the set")
                .hasSize(600)
                .filteredOn(c -> c.expiredLeases() == 2)
                .hasSize(62);
    }

    private long runId() {
        return DatabaseFixture.shared()
                .jdbc()
                .sql("SELECT id FROM run WHERE occurrence = ?")
                .param(run.occurrence())
                .query(Long.class)
                .single();
    }
}
