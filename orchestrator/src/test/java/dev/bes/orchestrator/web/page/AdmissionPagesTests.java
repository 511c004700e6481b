package dev.bes.orchestrator.web.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bes.orchestrator.JobFolder;
import dev.bes.orchestrator.OrchestratorNode;
import dev.bes.orchestrator.TestEnvironment;
import dev.bes.orchestrator.run.State;
import dev.bes.orchestrator.run.query.RunFilter;
import dev.bes.orchestrator.run.query.RunReader;
import dev.bes.orchestrator.run.query.RunView;
import dev.bes.orchestrator.web.Caller;
import dev.bes.orchestrator.web.Caller.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node that has as much before it as it may. */
@Tag("slow")
class AdmissionPagesTests {
    private static final int MOST = 20;
    private static final String HEALTH = "/actuator/health/backlog";

    @TempDir
    static Path folder;

    private static OrchestratorNode node;
    private static Caller caller;

    @BeforeAll
    static void start() {
        JobFolder jobs = new JobFolder(folder)
                .definition("crowd", "hangs", "")
                .definition("asked", "feature-hashing", "")
                .write("definitions/data/asked/a.csv", "text\na\n")
                .definition(
                        "fired", "feature-hashing", "triggers: { schedules: [{ name: ticks, cron: \"* * * * * ?\" }] }")
                .write("definitions/data/fired/a.csv", "text\na\n")
                .definition("dropped", "feature-hashing", "triggers: { files: [{ folder: drop, settle: 0s }] }");
        for (int i = 0; i < MOST; i++) {
            jobs.write("definitions/data/crowd/" + i + ".csv", "text\na\n");
        }
        node = OrchestratorNode.start(
                folder,
                TestEnvironment.newDatabase(),
                Map.of("orchestrator.trigger.max-unfinished", String.valueOf(MOST)));
        caller = new Caller(node.url());
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static Answer ask(String definition, String key) {
        return caller.post("/api/v1/runs", "{\"definition\": \"" + definition + "\"}", "Idempotency-Key", key);
    }

    private static List<RunView> runs(String definition) {
        return node.part(RunReader.class).list(RunFilter.ALL.of(definition), 100);
    }

    private static void until(Callable<Boolean> holds) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .until(holds);
    }

    @Test
    void keepsFilesAndRequestsWaitingAndFailsNothing() {
        long before = ask("asked", "early").json().get("id").asLong();
        long crowd = ask("crowd", "crowd").json().get("id").asLong();
        until(() -> caller.get(HEALTH).status() == 503);

        Answer refused = ask("asked", "late");
        assertThat(refused.status()).as(refused.body()).isEqualTo(503);
        assertThat(refused.header("Retry-After")).isEqualTo("5");
        assertThat(refused.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(refused.json().get("type").asString()).isEqualTo("/docs/problems#queue-full");
        assertThat(refused.json().get("detail").asString()).startsWith(MOST + " scorings are unfinished");

        Answer again = ask("asked", "early");
        assertThat(again.json().get("id").asLong())
                .as("what was accepted stays so")
                .isEqualTo(before);
        assertThat(again.status()).isEqualTo(201);
        assertThat(caller.get("/actuator/health/readiness").status()).isEqualTo(200);

        new JobFolder(folder).write("inbox/drop/late.csv", "text\na\n");
        int fired = runs("fired").size();
        until(() -> runs("fired").size() >= fired + 2);
        assertThat(runs("dropped")).as("left where it is").isEmpty();

        assertThat(caller.post("/api/v1/runs/" + crowd + "/cancel", "").status())
                .isEqualTo(202);
        until(() -> ask("asked", "late").status() == 201);
        assertThat(caller.get(HEALTH).status()).isEqualTo(200);
        assertThat(node.newestEnded("dropped").state()).isEqualTo(State.FINISHED);
        assertThat(node.part(RunReader.class).list(RunFilter.ALL.in(State.FAILED), 1))
                .isEmpty();
    }
}
