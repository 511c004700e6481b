package dev.bes.orchestrator.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bes.api.run.StateJson;
import dev.bes.orchestrator.TestEnvironment;
import dev.bes.orchestrator.web.Caller;
import dev.bes.orchestrator.web.WebNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a scrape of a node shows after it has worked. */
@Tag("slow")
class MetricsTests {
    @TempDir
    static Path folder;

    private static WebNode node;

    @BeforeAll
    static void start() {
        node = WebNode.start(
                folder,
                TestEnvironment.newDatabase(),
                Map.of(
                        "management.server.port", "0",
                        "orchestrator.monitoring.interval", "200ms",
                        "orchestrator.monitoring.max-definitions", "3",
                        // they share a subscription
                        "orchestrator.endpoints.feature-hashing.rate-limit", "1000/60s",
                        "orchestrator.endpoints.always-fails.rate-limit", "1000/60s",
                        "orchestrator.endpoints.never-writes.rate-limit", "1000/60s",
                        "orchestrator.endpoints.hangs.rate-limit", "1000/60s"));
        node.await(node.run("greetings"), StateJson.FINISHED);
        node.await(node.run("failing"), StateJson.FAILED);
        node.await(node.run("hanging"), StateJson.RUNNING);
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static String scrape() {
        Caller.Answer answer = node.monitoring().get("/actuator/prometheus");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    /** The value of a series, whatever labels it has beside these; NaN if there is none. */
    private static double value(String name, String... labels) {
        String pattern = "(?m)^" + name + "\\{" + (labels.length == 0 ? ".*" : "");
        for (String label : labels) {
            pattern += "(?=.*" + Pattern.quote(label) + ")";
        }
        Matcher line = Pattern.compile(pattern + ".*} (\\S+)$").matcher(scrape());
        return line.find() ? Double.parseDouble(line.group(1)) : Double.NaN;
    }

    @Test
    void countsRunsAndScoringsByStateAndDefinition() {
        assertThat(value("orchestrator_runs_accepted_total", "definition=\"greetings\"", "trigger=\"request\""))
                .isEqualTo(1);
        assertThat(value("orchestrator_runs_ended_total", "definition=\"greetings\"", "state=\"finished\""))
                .isEqualTo(1);
        assertThat(value("orchestrator_runs_ended_total", "definition=\"failing\"", "state=\"failed\""))
                .isEqualTo(1);
        assertThat(value("orchestrator_scorings_ended_total", "definition=\"greetings\"", "state=\"finished\""))
                .isEqualTo(1);
    }

    @Test
    void timesRunsAndSteps() {
        assertThat(value("orchestrator_run_duration_seconds_bucket", "state=\"finished\"", "le=\"60.0\""))
                .isEqualTo(1);
        for (String step : new String[] {"planned", "staged", "submitted", "started", "scored"}) {
            assertThat(value("orchestrator_step_duration_seconds_bucket", "step=\"" + step + "\"", "le=\"60.0\""))
                    .as(step)
                    .isPositive();
        }
        assertThat(value("orchestrator_step_duration_seconds_sum", "step=\"started\""))
                .as("jobs take 50 ms at least")
                .isBetween(0.05, 60.0);
    }

    @Test
    void showsWhatIsUnfinished() {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(value(
                                "orchestrator_scorings_unfinished",
                                "definition=\"other\"",
                                "step=\"started\"",
                                "state=\"Running\""))
                        .isEqualTo(1));
        assertThat(value("orchestrator_runs_unfinished", "definition=\"other\"", "state=\"Running\""))
                .isEqualTo(1);
        assertThat(value("orchestrator_scorings_oldest_age_seconds", "step=\"started\""))
                .isPositive();
        assertThat(value("orchestrator_scorings_oldest_age_seconds", "step=\"planned\""))
                .isZero();
    }

    @Test
    void showsTheBacklogOfEachEndpointAlsoWhenItIsEmpty() {
        for (String sweep : new String[] {"launch", "track", "collect"}) {
            assertThat(value("orchestrator_backlog_scorings", "endpoint=\"always-fails\"", "sweep=\"" + sweep + "\""))
                    .isZero();
            assertThat(value(
                            "orchestrator_backlog_age_seconds", "endpoint=\"always-fails\"", "sweep=\"" + sweep + "\""))
                    .isZero();
        }
    }

    @Test
    void showsTheCallBudget() {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(value("orchestrator_budget_used_calls", "period=\"60s\""))
                        .isPositive());
        assertThat(value("orchestrator_budget_allowed_calls", "period=\"60s\"")).isEqualTo(1000);
        assertThat(value("orchestrator_backlog_waiting_for_calls", "endpoint=\"feature-hashing\"", "sweep=\"launch\""))
                .isZero();
    }

    @Test
    void timesRemoteCallsByKindAndOutcome() {
        assertThat(value("orchestrator_remote_call_seconds_count", "endpoint=\"feature-hashing\"", "error=\"none\""))
                .isPositive();
        assertThat(value("orchestrator_remote_calls_not_sent_total", "endpoint=\"feature-hashing\""))
                .isNotNegative();
    }

    @Test
    void showsSweepsLeasesSchedulesFilesAndAttention() {
        assertThat(value("orchestrator_sweep_duration_seconds_count", "sweep=\"launch\""))
                .isPositive();
        assertThat(value("orchestrator_sweep_scorings_total", "sweep=\"track\""))
                .isPositive();
        assertThat(value("orchestrator_leases_lost_total")).isZero();
        assertThat(value("orchestrator_schedule_lateness_seconds")).isNotNegative();
        assertThat(value("orchestrator_files_skipped")).isZero();
        assertThat(value("orchestrator_files_processing")).isZero();
        assertThat(value("orchestrator_attention_scorings", "cause=\"submits-unanswered\""))
                .isZero();
        assertThat(value("orchestrator_node_fit")).isEqualTo(1);
        assertThat(value("orchestrator_shared_state_age_seconds")).isBetween(0.0, 60.0);
    }

    @Test
    void isScrapedWholeWhileGaugesComeAndGo() {
        for (int scrape = 0; scrape < 300; scrape++) {
            assertThat(value("orchestrator_node_fit")).isEqualTo(1);
        }
    }

    @Test
    void countsRefusedRequestsByReason() {
        double unknownRun = value("orchestrator_requests_refused_total", "reason=\"unknown-run\"");
        double crossSite = value("orchestrator_requests_refused_total", "reason=\"cross-site\"");

        node.caller().get("/api/v1/runs/999999");
        node.caller().post("/api/v1/runs", "{}", "Sec-Fetch-Site", "cross-site");

        assertThat(value("orchestrator_requests_refused_total", "reason=\"unknown-run\""))
                .isEqualTo(unknownRun + 1);
        assertThat(value("orchestrator_requests_refused_total", "reason=\"cross-site\""))
                .isEqualTo(crossSite + 1);
        assertThat(value("orchestrator_requests_refused_total", "reason=\"queue-full\""))
                .isZero();
    }

    @Test
    void showsWhatSpringBatchAndHikariMeasure() {
        assertThat(value("spring_batch_job_seconds_count")).isPositive();
        assertThat(value("hikaricp_connections_max")).isPositive();
        assertThat(value("resilience4j_circuitbreaker_state", "state=\"closed\""))
                .isNotNaN();
    }

    /** The node has five definitions, and three may have labels: not the one that hangs. */
    @Test
    void givesNoMoreDefinitionsLabelsThanItMay() {
        assertThat(value("orchestrator_runs_accepted_total", "definition=\"other\""))
                .isEqualTo(1);
        assertThat(scrape()).doesNotContain("definition=\"hanging\"");
    }
}
