package dev.bes.orchestrator.trigger.backfill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.bes.api.backfill.BackfillPlanJson;
import dev.bes.api.backfill.BackfillPlanJson.ProblemJson;
import dev.bes.api.backfill.BackfillsJson.BackfillDetailJson;
import dev.bes.api.backfill.BackfillsJson.BackfillJson;
import dev.bes.api.backfill.BackfillsJson.BackfillTimeJson;
import dev.bes.api.backfill.NewBackfillJson;
import dev.bes.api.backfill.PartitionsJson.PartitionJson;
import dev.bes.api.client.ApiException;
import dev.bes.api.client.OrchestratorApi;
import dev.bes.api.client.OrchestratorClient;
import dev.bes.orchestrator.JobFolder;
import dev.bes.orchestrator.OrchestratorNode;
import dev.bes.orchestrator.TestEnvironment;
import dev.bes.orchestrator.web.Caller;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Backfills through the API of a real node. The days are long past, so that no schedule fires on its own. */
@Tag("slow")
class BackfillTests {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    static Path folder;

    private static OrchestratorNode node;
    private static OrchestratorApi api;

    @BeforeAll
    static void start() {
        JobFolder jobs = new JobFolder(folder);
        jobs.definition("daily", "feature-hashing", schedule(""));
        jobs.write("definitions/data/daily/day.csv", "text\nThis is a good day\n");
        jobs.definition(
                "regions",
                "feature-hashing",
                schedule("\n      parameters: {Region: eu}")
                        + "partition: ${fire.time:yyyy-MM-dd}/${request.Region}\n");
        jobs.write("definitions/data/regions/day.csv", "text\nThis is a good day\n");
        jobs.write("definitions/dated.yaml", """
                name: dated
                endpoint: feature-hashing
                inputs: { input1: { from: "data/dated/${fire.time:yyyy-MM-dd}/*.csv" } }
                outputs: { output1: { rows: any } }
                parameters: { Target column: text }
                partition: ${fire.time:yyyy-MM-dd}
                """ + schedule(""));
        jobs.write("definitions/data/dated/2025-03-01/day.csv", "text\nThis is a good day\n");
        jobs.write("definitions/data/dated/2025-03-03/day.csv", "text\nThis is a good day\n");
        node = OrchestratorNode.start(folder, TestEnvironment.newDatabase(), Map.of());
        api = new OrchestratorClient(node.url()).api();
    }

    private static String schedule(String more) {
        return "triggers:\n  schedules:\n    - name: nightly\n      cron: \"0 0 2 * * ?\"\n      zone: Europe/Berlin"
                + more + "\n";
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static NewBackfillJson days(String definition, String from, String to, @Nullable String scope) {
        return new NewBackfillJson(definition, null, from, to, scope, null, 2, null, null);
    }

    private static BackfillDetailJson ended(BackfillJson backfill) {
        return await().atMost(PATIENCE)
                .until(
                        () -> api.backfill(backfill.id()),
                        detail -> detail.backfill().state().equals("ended"));
    }

    @Test
    void startsARunForEachMissingDayInTheZoneOfTheScheduleAndNoneAgain() {
        BackfillDetailJson detail = ended(api.startBackfill(days("daily", "2025-03-01", "2025-03-03", null)));

        assertThat(detail.times())
                .extracting(BackfillTimeJson::partition)
                .containsExactly("2025-03-01T01:00:00Z", "2025-03-02T01:00:00Z", "2025-03-03T01:00:00Z");
        assertThat(detail.times()).extracting(BackfillTimeJson::outcome).containsOnly("started");
        assertThat(api.partitions("daily", "2025-03-01", "2025-03-03").partitions())
                .extracting(PartitionJson::state)
                .containsOnly("done");
        assertThat(api.planBackfill(days("daily", "2025-03-01", "2025-03-03", null))
                        .runs())
                .isZero();
        assertThat(api.planBackfill(days("daily", "2025-03-01", "2025-03-03", "all"))
                        .runs())
                .isEqualTo(3);
    }

    @Test
    void saysWhatItWouldDoAndWritesNothing() {
        BackfillPlanJson plan = api.planBackfill(days("daily", "2025-04-01", "2025-04-30", null));

        assertThat(plan.runs()).isEqualTo(30);
        assertThat(plan.scorings()).isEqualTo(30);
        assertThat(plan.problems()).isEmpty();
        assertThat(api.partitions("daily", "2025-04-01", "2025-04-30").partitions())
                .hasSize(30)
                .extracting(PartitionJson::state)
                .containsOnly("missing");
    }

    @Test
    void startsTheNewestFirstWithParametersOfTheDay() {
        BackfillDetailJson detail = ended(api.startBackfill(new NewBackfillJson(
                "regions",
                "nightly",
                "2025-03-01",
                "2025-03-02",
                "missing",
                "newest",
                1,
                Map.of("Region", "us"),
                Map.of("2025-03-01", Map.of("Region", "asia")))));

        assertThat(detail.times())
                .extracting(BackfillTimeJson::partition)
                .containsExactly("2025-03-02/us", "2025-03-01/asia");
        assertThat(api.partitions("regions", "2025-03-01", "2025-03-02").partitions())
                .extracting(PartitionJson::key, PartitionJson::state)
                .containsExactly(tuple("2025-03-01/eu", "missing"), tuple("2025-03-02/eu", "missing"));
    }

    @Test
    void startsNothingWhilePausedAndNoMoreOnceCancelled() {
        BackfillJson backfill = api.startBackfill(
                new NewBackfillJson("daily", null, "2024-01-01", "2024-12-31", null, null, 1, null, null));
        // a leap year without the night in which 02:00 is left out
        assertThat(backfill.items()).isEqualTo(365);
        assertThat(api.pauseBackfill(backfill.id()).state()).isEqualTo("paused");
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> api.pauseBackfill(backfill.id()))
                .satisfies(e -> assertThat(e.kind()).isEqualTo("wrong-state"));
        assertThat(api.resumeBackfill(backfill.id()).state()).isEqualTo("running");

        BackfillJson cancelled = api.cancelBackfill(backfill.id());

        assertThat(cancelled.state()).isEqualTo("cancelled");
        assertThat(api.backfill(backfill.id()).times())
                .filteredOn(time -> time.outcome().equals("cancelled"))
                .hasSizeGreaterThan(350);
    }

    @Test
    void startsOneRunIfANodeDiedBetweenTheDecisionAndTheRun() {
        JdbcClient jdbc = node.part(JdbcClient.class);
        BackfillJson backfill = api.startBackfill(days("daily", "2025-06-01", "2025-06-01", null));
        ended(backfill);

        jdbc.sql("UPDATE backfill SET state = 'running', ended_at = NULL WHERE id = ?")
                .param(backfill.id())
                .update();
        jdbc.sql(
                        "UPDATE backfill_item SET outcome = 'starting', run_id = NULL, decided_at = now() - interval '1 minute'"
                                + " WHERE backfill = ?")
                .param(backfill.id())
                .update();

        assertThat(ended(backfill).times()).singleElement().satisfies(time -> {
            assertThat(time.outcome()).isEqualTo("started");
            assertThat(time.run()).isNotNull();
        });
        assertThat(jdbc.sql("SELECT count(*) FROM run WHERE partition = '2025-06-01T00:00:00Z'")
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void findsTheRunThatTheScheduleHasStartedMeanwhile() {
        JdbcClient jdbc = node.part(JdbcClient.class);
        BackfillJson first = api.startBackfill(days("daily", "2025-07-01", "2025-07-01", null));
        ended(first);
        // as if the schedule had started it
        jdbc.sql("UPDATE run SET backfill = NULL WHERE backfill = ?")
                .param(first.id())
                .update();
        jdbc.sql("UPDATE backfill SET state = 'running', ended_at = NULL WHERE id = ?")
                .param(first.id())
                .update();
        jdbc.sql("UPDATE backfill_item SET outcome = 'waiting', run_id = NULL WHERE backfill = ?")
                .param(first.id())
                .update();

        assertThat(ended(first).times()).extracting(BackfillTimeJson::outcome).containsExactly("found");
    }

    @Test
    void makesOneBackfillOfARequestThatIsRepeatedAndRefusesAnotherUnderItsKey() {
        Caller caller = new Caller(node.url());
        String body = "{\"definition\":\"daily\",\"from\":\"2025-09-01\",\"to\":\"%s\"}";

        Caller.Answer first = fill(caller, body.formatted("2025-09-01"), 201);
        Caller.Answer again = fill(caller, body.formatted("2025-09-01"), 201);

        assertThat(again.header("Location")).isEqualTo(first.header("Location"));
        assertThat(first.response().headers().firstValue("Idempotency-Replayed"))
                .isEmpty();
        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
        fill(caller, body.formatted("2025-09-02"), 422);
    }

    private static Caller.Answer fill(Caller caller, String body, int status) {
        Caller.Answer answer = caller.post("/api/v1/backfills", body, "Idempotency-Key", "fill-september");
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        return answer;
    }

    @Test
    void listsBackfillsInEachOrderPageByPage() {
        Caller caller = new Caller(node.url());
        List<Long> made = new ArrayList<>();
        for (String definition : List.of("regions", "daily", "regions")) {
            made.add(api.startBackfill(days(definition, "2025-10-01", "2025-10-01", null))
                    .id());
        }

        assertThat(listed(caller, "?sort=id&limit=1")).containsSubsequence(made);
        assertThat(listed(caller, "?limit=1")).containsSubsequence(made.reversed());
        assertThat(listed(caller, "?sort=-created&limit=1")).containsSubsequence(made.reversed());
        assertThat(listed(caller, "?sort=definition&limit=1"))
                .containsSubsequence(made.get(1), made.get(0), made.get(2));
        assertThat(listed(caller, "?definition=daily")).contains(made.get(1)).doesNotContain(made.get(0));
        assertThat(listed(caller, "?state=cancelled&limit=1")).doesNotContainAnyElementsOf(made);
        assertThat(caller.get("/api/v1/backfills?state=lost").status()).isEqualTo(400);
    }

    private static List<Long> listed(Caller caller, String query) {
        List<Long> ids = new ArrayList<>();
        String next = "/api/v1/backfills" + query;
        while (next != null) {
            JsonNode page = caller.get(next).json();
            page.get("backfills").forEach(one -> ids.add(one.get("id").asLong()));
            next = page.get("next").isNull() ? null : page.get("next").asString();
        }
        return ids;
    }

    @Test
    void refusesWhatItCannotDo() {
        refused(new NewBackfillJson(null, null, "2025-01-01", null, null, null, null, null, null), "'definition'");
        refused(new NewBackfillJson("daily", null, null, null, null, null, null, null, null), "'from'");
        refused(new NewBackfillJson("daily", null, "2025-1-1", null, null, null, null, null, null), "'from'");
        refused(days("daily", "2025-02-02", "2025-02-01", null), "'from'");
        refused(days("daily", "2999-01-01", null, null), "'from'");
        refused(days("daily", "2025-01-01", null, "some"), "'scope'");
        refused(new NewBackfillJson("daily", null, "2025-01-01", null, null, null, 0, null, null), "'parallel'");
        refused(new NewBackfillJson("daily", "weekly", "2025-01-01", null, null, null, 1, null, null), "schedule");
        refused(
                new NewBackfillJson("daily", null, "2025-01-01", null, null, null, 1, Map.of("Colour", "red"), null),
                "Colour");
        refused(days("daily", "1971-01-01", null, null), "10,000");
    }

    private static void refused(NewBackfillJson asked, String named) {
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> api.planBackfill(asked))
                .satisfies(e -> {
                    assertThat(e.status()).isBetween(400, 422);
                    assertThat(e).hasMessageContaining(named);
                });
    }

    @Test
    void readsTheFilesOfTheDayAndNamesTheDaysWithoutAny() {
        BackfillPlanJson plan = api.planBackfill(days("dated", "2025-03-01", "2025-03-03", null));

        assertThat(plan.scorings()).isEqualTo(2);
        assertThat(plan.problems()).extracting(ProblemJson::partition).containsExactly("2025-03-02");

        BackfillDetailJson detail = ended(api.startBackfill(days("dated", "2025-03-01", "2025-03-03", null)));

        assertThat(detail.times())
                .extracting(BackfillTimeJson::outcome)
                .containsExactly("started", "rejected", "started");
        assertThat(api.partitions("dated", "2025-03-01", "2025-03-03").partitions())
                .extracting(PartitionJson::state)
                .containsExactly("done", "failed", "done");
        assertThat(api.planBackfill(days("dated", "2025-03-01", "2025-03-03", "failed"))
                        .starts())
                .extracting(PartitionJson::key)
                .containsExactly("2025-03-02");
    }
}
