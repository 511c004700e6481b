package dev.bes.orchestrator.web.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bes.api.client.ApiException;
import dev.bes.api.run.StateJson;
import dev.bes.orchestrator.web.Caller.Answer;
import dev.bes.orchestrator.web.Form;
import dev.bes.orchestrator.web.WebNode;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A scoring that needs attention, as people and programs see it, and what they can do about it. */
@Tag("slow")
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

    private static long runThatNeedsAttention() {
        long run = node.run("hanging");
        node.await(run, StateJson.RUNNING);
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
    void isShownOnEveryPageAndByTheApi() {
        long run = runThatNeedsAttention();

        assertThat(page("/attention"))
                .contains("Needs attention", "forgotten", "nobody knows &lt;it&gt;")
                .contains("id=\"resume-" + run + "-1\"", "/runs/" + run + "/scorings/1/resume");
        assertThat(page("/runs/" + run)).contains("Needs attention", "id=\"resume-1\"");
        assertThat(page("/?definition=hanging")).contains("1 needs attention");
        assertThat(node.api().run(run).run().attentionCount()).isEqualTo(1);
        assertThat(node.api().attention().needsAttention())
                .filteredOn(scoring -> scoring.run() == run)
                .singleElement()
                .satisfies(scoring -> {
                    assertThat(scoring.attention()).isEqualTo("forgotten");
                    assertThat(scoring.links()).containsEntry("resume", "/api/v1/runs/" + run + "/scorings/1/resume");
                });
    }

    @Test
    void isResumedByTheApi() {
        long run = runThatNeedsAttention();

        assertThat(node.api().resume(run, 1).attention()).isNull();

        assertThat(catchThrowableOfType(ApiException.class, () -> node.api().resume(run, 1)))
                .returns(409, ApiException::status)
                .returns("not-resumable", ApiException::kind);
        assertThat(catchThrowableOfType(ApiException.class, () -> node.api().resume(run, 9)))
                .returns(404, ApiException::status);
    }

    @Test
    void isResumedByTheButton() {
        long run = runThatNeedsAttention();

        Answer resumed = node.caller().post("/runs/" + run + "/scorings/1/resume", new Form(""));

        assertThat(resumed.status()).isEqualTo(302);
        assertThat(page("/runs/" + run)).contains("resumed on request").doesNotContain("id=\"resume-1\"");
    }

    @Test
    void endsWhenItsRunIsCancelled() {
        long run = runThatNeedsAttention();

        node.api().cancel(run);

        node.await(run, StateJson.CANCELLED);
    }
}
