package dev.bes.orchestrator.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bes.orchestrator.JobFolder;
import dev.bes.orchestrator.OrchestratorNode;
import dev.bes.orchestrator.TestEnvironment;
import dev.bes.orchestrator.run.Actor;
import dev.bes.orchestrator.run.State;
import dev.bes.orchestrator.run.query.RunFilter;
import dev.bes.orchestrator.run.query.RunReader;
import dev.bes.orchestrator.trigger.request.RequestTrigger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** More requests at once than anybody could work on. */
@Tag("slow")
class StormTests {
    private static final int REQUESTS = 500;
    private static final int PLACES = 5;

    @TempDir
    Path folder;

    @Test
    void isAcceptedWholeAndNeverFillsMorePlacesThanThereAre() {
        new JobFolder(folder)
                .definition("storm", "hangs", "")
                .definition("calm", "feature-hashing", "")
                .write("definitions/data/storm/a.csv", "text\na\n")
                .write("definitions/data/calm/a.csv", "text\na\n");
        Map<String, String> few = Map.of("orchestrator.endpoints.hangs.max-concurrent-jobs", String.valueOf(PLACES));
        try (OrchestratorNode node = OrchestratorNode.start(folder, TestEnvironment.newDatabase(), few)) {
            List<Long> runs = storm(node);

            assertThat(runs).hasSize(REQUESTS).doesNotHaveDuplicates();
            assertThat(node.score("calm", Map.of()).state())
                    .as("another endpoint meanwhile")
                    .isEqualTo(State.FINISHED);
            JdbcClient jdbc = node.part(JdbcClient.class);
            await().atMost(Duration.ofSeconds(60)).until(() -> atWork(jdbc) == PLACES);
            assertThat(node.part(RunReader.class)
                            .list(RunFilter.ALL.in(State.FAILED).of("storm"), 10))
                    .isEmpty();
        }
    }

    private static List<Long> storm(OrchestratorNode node) {
        RequestTrigger requestTrigger = node.part(RequestTrigger.class);
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            return IntStream.range(0, REQUESTS)
                    .mapToObj(i -> callers.submit(() -> requestTrigger
                            .accept(new RequestTrigger.Request(
                                    "storm", "storm-" + i, Map.of(), Map.of(), Actor.ANONYMOUS))
                            .id()))
                    .toList()
                    .stream()
                    .map(StormTests::id)
                    .toList();
        }
    }

    private static Long id(Future<Long> accepted) {
        try {
            return accepted.get();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static int atWork(JdbcClient jdbc) {
        int started = jdbc.sql("SELECT count(*) FROM attempt a JOIN scoring s ON s.id = a.scoring_id"
                        + " WHERE s.endpoint = 'hangs' AND a.job_id IS NOT NULL")
                .query(Integer.class)
                .single();
        assertThat(started).as("jobs at work").isLessThanOrEqualTo(PLACES);
        return started;
    }
}
