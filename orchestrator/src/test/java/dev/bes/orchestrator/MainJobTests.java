package dev.bes.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bes.orchestrator.run.HistoryView;
import dev.bes.orchestrator.run.RunReader;
import dev.bes.orchestrator.run.RunView;
import dev.bes.orchestrator.run.ScoringView;
import dev.bes.orchestrator.run.State;
import dev.bes.orchestrator.trigger.Requests;
import dev.bes.orchestrator.trigger.Requests.Request;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main job, end to end, on real parts. */
class MainJobTests {
    @TempDir
    Path folder;

    private OrchestratorNode node;

    @BeforeEach
    void start() throws Exception {
        Path definitions = Files.createDirectory(folder.resolve("definitions"));
        Files.createDirectory(definitions.resolve("samples"));
        Files.copy(Path.of("../job-definitions/birdstrikes.yaml"), definitions.resolve("birdstrikes.yaml"));
        Files.copy(
                Path.of("../job-definitions/samples/birdstrikes.csv"), definitions.resolve("samples/birdstrikes.csv"));
        node = OrchestratorNode.start(folder, Laptop.newDatabase(), Map.of());
    }

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void scoresOnRequest() {
        long run = node.part(Requests.class)
                .accept(new Request("birdstrikes", null, Map.of(), Map.of()))
                .id();
        RunView ended = ended(run);

        assertThat(ended.cause()).isNull();
        assertThat(ended.state()).isEqualTo(State.FINISHED);
        RunReader reader = node.part(RunReader.class);
        ScoringView scoring = reader.scorings(run, 0, 10).getFirst();
        long rowsIn = scoring.attempts().getFirst().rowsIn();
        assertThat(rowsIn).isEqualTo(10_000);
        assertThat(scoring.attempts().getFirst().outputs().values())
                .singleElement()
                .satisfies(output -> assertThat(output.rows()).isEqualTo(rowsIn));
        List<HistoryView> history = reader.history(run, 100);
        assertThat(history)
                .filteredOn(h -> h.scoring() != null)
                .extracting(HistoryView::toStep)
                .containsSubsequence("STAGED", "SUBMITTED", "STARTED", "SCORED", "DELIVERED");
    }

    private RunView ended(long run) {
        RunReader reader = node.part(RunReader.class);
        return await().atMost(Duration.ofSeconds(30))
                .until(() -> reader.find(run).orElseThrow(), r -> r.state().ended());
    }
}
