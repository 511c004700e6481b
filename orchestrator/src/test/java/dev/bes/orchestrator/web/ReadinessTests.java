package dev.bes.orchestrator.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bes.api.run.StateJson;
import dev.bes.orchestrator.TestEnvironment;
import dev.bes.orchestrator.node.Node;
import dev.bes.orchestrator.run.journal.HistoryEntry;
import dev.bes.orchestrator.run.query.RunReader;
import dev.bes.orchestrator.web.Caller.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Readiness tells whether this node can do its work, and why not. */
@Tag("slow")
class ReadinessTests {
    private static final String READINESS = "/actuator/health/readiness";
    private static final String SCHEDULES = "/actuator/health/schedules";

    @TempDir
    Path folder;

    @Test
    void isThereForANodeThatIsWell() {
        try (WebNode node = WebNode.start(folder)) {
            Answer answer = node.caller().get(READINESS);

            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            assertThat(answer.json().get("status").asString()).isEqualTo("UP");
        }
    }

    @Test
    void isRefusedByANodeWhoseClockIsTooFarOffAndThatNodeTakesNoWork() {
        // no clock is that good
        Map<String, String> limit = Map.of("orchestrator.node.skew-limit", "-1h");
        String database = TestEnvironment.newDatabase();
        try (WebNode node = WebNode.start(folder, database, limit);
                WebNode other = WebNode.start(folder, database, Map.of())) {
            Answer answer = node.caller().get(READINESS);
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.body()).contains("its clock is", "orchestrator.node.skew-limit");

            long run = node.run("greetings");
            assertThat(node.caller().get("/actuator/health/liveness").status()).isEqualTo(200);
            other.await(run, StateJson.FINISHED);
            assertThat(other.part(RunReader.class).history(run, 100))
                    .as("accepted by the one, done by the other")
                    .satisfies(history -> assertThat(history.getFirst().node())
                            .isEqualTo(node.part(Node.class).name()))
                    .filteredOn(move -> move.seq() > 1 || move.scoring() != null)
                    .extracting(HistoryEntry::node)
                    .containsOnly(other.part(Node.class).name());
        }
    }

    @Test
    void saysWhenSchedulesAreOverdue() {
        // such a node fires none, and there is no other
        try (WebNode node =
                WebNode.start(folder, TestEnvironment.newDatabase(), Map.of("orchestrator.node.skew-limit", "-1h"))) {
            assertThat(node.caller().get(SCHEDULES).status()).isEqualTo(200);
            node.part(JdbcClient.class)
                    .sql("UPDATE qrtz_triggers SET next_fire_time = 1, trigger_state = 'WAITING'")
                    .update();

            await().atMost(Duration.ofMinutes(1))
                    .until(() -> node.caller().get(SCHEDULES).status() == 503);
            assertThat(node.caller().get(SCHEDULES).body()).contains("a schedule is ", " h ", " min overdue");
        }
    }
}
