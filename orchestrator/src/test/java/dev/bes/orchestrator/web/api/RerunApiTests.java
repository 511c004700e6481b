package dev.bes.orchestrator.web.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bes.api.client.ApiException;
import dev.bes.api.run.AcceptedRunJson;
import dev.bes.api.run.NewRerunJson;
import dev.bes.api.run.NewRunJson;
import dev.bes.api.run.RunDetailJson;
import dev.bes.api.run.StateJson;
import dev.bes.orchestrator.web.WebNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Runs that repeat other runs, on real parts. */
@Tag("slow")
class RerunApiTests {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    static Path folder;

    private static WebNode node;

    @BeforeAll
    static void start() {
        node = WebNode.start(folder);
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static AcceptedRunJson rerun(long run, String only, String key) {
        return Objects.requireNonNull(
                node.api().rerun(key, run, new NewRerunJson(only)).getBody());
    }

    @Test
    void repeatsARunWithItsParametersAndItsFileAndLinksBoth() {
        long first = node.client()
                .request(
                        new NewRunJson("letters", Map.of("column", "text", "bits", "4")),
                        Map.of(
                                "input1",
                                new ByteArrayResource(WebNode.csv("a", "b").getBytes(UTF_8))),
                        null)
                .id();
        node.client().awaitEnd(first, PATIENCE);

        long second = rerun(first, null, null).id();

        RunDetailJson repeated = node.client().awaitEnd(second, PATIENCE);
        assertThat(second).isNotEqualTo(first);
        assertThat(repeated.run().state()).as(repeated.run().cause()).isEqualTo(StateJson.FINISHED);
        assertThat(repeated.run().rerunOf()).isEqualTo(first);
        assertThat(repeated.run().parameters()).isEqualTo(Map.of("column", "text", "bits", "4"));
        assertThat(repeated.scorings().getFirst().attempts().getFirst().rowsIn())
                .isEqualTo(2);
        assertThat(repeated.history().getFirst().cause()).isEqualTo("accepted as a rerun of run " + first);
        assertThat(node.api().run(first).reruns()).containsExactly(second);
        assertThat(node.caller().get("/runs/" + second).body()).contains("run #" + first);
        assertThat(node.caller().get("/runs/" + first).body()).contains("run #" + second, "Run again");
    }

    @Test
    void makesOneRunOfOneKey() {
        long failed = node.run("failing");
        node.client().awaitEnd(failed, PATIENCE);

        ResponseEntity<AcceptedRunJson> again = node.api().rerun("rerun-1", failed, new NewRerunJson("failed"));
        ResponseEntity<AcceptedRunJson> replayed = node.api().rerun("rerun-1", failed, new NewRerunJson("failed"));

        assertThat(replayed.getBody()).isEqualTo(again.getBody());
        assertThat(again.getHeaders().containsHeader("Idempotency-Replayed")).isFalse();
        assertThat(replayed.getHeaders().containsHeader("Idempotency-Replayed")).isTrue();
        assertThat(refusal(() -> rerun(failed, "all", "rerun-1"))).returns("key-reused", ApiException::kind);
    }

    @Test
    void refusesWhatCannotBeRepeated() throws IOException {
        long finished = node.client()
                .request(
                        new NewRunJson("letters", Map.of("column", "text")),
                        Map.of(
                                "input1",
                                new ByteArrayResource(WebNode.csv("gone").getBytes(UTF_8))),
                        null)
                .id();
        node.client().awaitEnd(finished, PATIENCE);
        long live = node.run("hanging");

        assertThat(refusal(() -> rerun(live, null, null))).returns("not-ended", ApiException::kind);
        assertThat(refusal(() -> rerun(finished, "failed", null)))
                .returns("not-repeatable", ApiException::kind)
                .hasMessageContaining("has no failed scorings");
        assertThat(refusal(() -> rerun(finished, "some", null))).returns("bad-request", ApiException::kind);
        assertThat(refusal(() -> rerun(987_654_321, null, null))).returns("unknown-run", ApiException::kind);
        node.part(JdbcClient.class)
                .sql("DELETE FROM input_content WHERE run_id = ?")
                .param(finished)
                .update();
        assertThat(refusal(() -> rerun(finished, null, null)))
                .returns("not-repeatable", ApiException::kind)
                .hasMessageContaining("Input 'input1'")
                .hasMessageContaining("no longer there");
        node.api().cancel(live);
    }

    private static ApiException refusal(Runnable call) {
        return catchThrowableOfType(ApiException.class, call::run);
    }
}
