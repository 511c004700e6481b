package dev.bes.orchestrator.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.web.Caller.Answer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** A scoring that needs attention, as people and programs see it, and what they can do about it. */
class AttentionPagesTests {
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

    private static long parkedRun() {
        long run = node.run("hanging");
        node.await(run, "Running");
        node.part(JdbcClient.class)
                .sql("UPDATE scoring SET attention = 'forgotten', cause = 'nobody knows <it>', owner = NULL,"
                        + " due_at = 'infinity', epoch = epoch + 1 WHERE run_id = ?")
                .param(run)
                .update();
        return run;
    }

    private static String page(String path) {
        return node.caller().get(path).body();
    }

    @Test
    void isShownWhereverSomebodyMayLook() {
        long run = parkedRun();

        assertThat(page("/problems"))
                .contains("Needs attention", "forgotten", "nobody knows &lt;it&gt;")
                .contains("id=\"resume-" + run + "-1\"", "/runs/" + run + "/scorings/1/resume");
        assertThat(page("/runs/" + run)).contains("Needs attention", "id=\"resume-1\"");
        assertThat(page("/?definition=hanging")).contains("1 needs attention");
        assertThat(node.caller()
                        .get("/api/runs/" + run)
                        .json()
                        .get("attentionCount")
                        .asInt())
                .isEqualTo(1);
        JsonNode parked = node.caller().get("/api/problems").json().get("attention");
        assertThat(parked.toString())
                .contains("\"attention\":\"forgotten\"", "/api/runs/" + run + "/scorings/1/resume");
    }

    @Test
    void goesOnWhenAProgramSaysSo() {
        long run = parkedRun();
        String resume = "/api/runs/" + run + "/scorings/1/resume";

        Answer resumed = node.caller().post(resume, "");
        assertThat(resumed.status()).as(resumed.body()).isEqualTo(202);
        assertThat(resumed.json().get("attention").isNull()).isTrue();

        Answer again = node.caller().post(resume, "");
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.json().get("type").asString()).isEqualTo("/docs/problems#not-parked");
        assertThat(node.caller()
                        .post("/api/runs/" + run + "/scorings/9/resume", "")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void goesOnWhenSomebodyPressesTheButton() {
        long run = parkedRun();

        Answer resumed = node.caller().post("/runs/" + run + "/scorings/1/resume", new Form(""));

        assertThat(resumed.status()).isEqualTo(302);
        assertThat(page("/runs/" + run)).contains("resumed on request").doesNotContain("id=\"resume-1\"");
    }

    @Test
    void endsWhenItsRunIsCancelled() {
        long run = parkedRun();

        node.caller().post("/api/runs/" + run + "/cancel", "");

        node.await(run, "Cancelled");
    }
}
