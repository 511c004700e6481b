package dev.bes.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.bes.api.client.OrchestratorClient;
import dev.bes.api.definition.ShadowSummaryJson;
import dev.bes.api.run.ShadowsJson.ColumnDifferenceJson;
import dev.bes.api.run.ShadowsJson.OutputDifferenceJson;
import dev.bes.api.run.ShadowsJson.ShadowJson;
import dev.bes.orchestrator.run.Actor;
import dev.bes.orchestrator.run.State;
import dev.bes.orchestrator.run.acceptance.Backlog;
import dev.bes.orchestrator.run.command.Cancellation;
import dev.bes.orchestrator.run.query.RunReader;
import dev.bes.orchestrator.run.query.RunView;
import dev.bes.orchestrator.run.shadow.Comparison;
import dev.bes.orchestrator.run.shadow.Comparison.ColumnDifference;
import dev.bes.orchestrator.run.shadow.Comparison.DifferentValue;
import dev.bes.orchestrator.run.shadow.Comparison.OutputDifference;
import dev.bes.orchestrator.run.shadow.ShadowOutputs;
import dev.bes.orchestrator.run.shadow.ShadowSample;
import dev.bes.orchestrator.run.shadow.Verdict;
import dev.bes.orchestrator.trigger.RunRefusedException;
import dev.bes.orchestrator.trigger.request.RequestFile.Upload;
import dev.bes.orchestrator.trigger.request.Reruns;
import dev.bes.sandbox.Sandbox;
import dev.bes.sandbox.SandboxOptions;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Outputs of two endpoints compared, on real parts. */
@Tag("slow")
class ShadowTests {
    private static final String CONTAINER = "shadows";
    private static final String HEADER = "Speed IAS in knots,Large,Damage\n";
    private static final int ROWS = 300;
    private static final int FILES = 100;

    @TempDir
    static Path folder;

    private static Sandbox far;
    private static OrchestratorNode node;

    @BeforeAll
    static void start() throws IOException {
        far = Sandbox.start(SandboxOptions.defaults()
                .withServices(services())
                .withServiceTime(Duration.ZERO, Duration.ZERO)
                .withBlobConnectionString(TestEnvironment.sandbox().blobConnectionString()));
        JobFolder jobs = new JobFolder(folder)
                .write("definitions/same.yaml", definition("same", "old", "new-server"))
                .write("definitions/differs.yaml", definition("differs", "old", "changed-server"))
                .write("definitions/batch.yaml", definition("batch", "old", "batch\n  header: absent"))
                .write("definitions/hanging.yaml", definition("hanging", "old", "hanging"))
                .write("definitions/failing.yaml", definition("failing", "old", "failing"))
                .write("definitions/down.yaml", definition("down", "old", "down"))
                .write("definitions/tenth.yaml", definition("tenth", "new-server", "changed-server\n  share: 10%"));
        for (int file = 0; file < FILES; file++) {
            jobs.write("definitions/data/tenth/" + file + ".csv", HEADER + file + ",1,Yes\n");
        }
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("orchestrator.blobs.container", CONTAINER);
        settings.putAll(job("old", "DamagePrediction"));
        settings.putAll(job("hanging", "Hanging"));
        settings.putAll(job("failing", "Failing"));
        settings.putAll(job("down", "DamagePrediction"));
        settings.put("orchestrator.endpoints.down.url", "http://127.0.0.1:9/workspaces/a/services/b");
        settings.putAll(server("new-server", "DamagePrediction"));
        settings.putAll(server("changed-server", "Changed"));
        OrchestratorNode.azureml("batch", "DamagePrediction", "named", CONTAINER)
                .forEach((property, value) -> settings.put(property, String.valueOf(value)));
        node = OrchestratorNode.start(folder, TestEnvironment.newDatabase(), settings);
    }

    /** The service of the sandbox, one that says something else, one that hangs and one that fails. */
    private static Path services() throws IOException {
        try (InputStream shipped = Objects.requireNonNull(Sandbox.class.getResourceAsStream("/services.yaml"))) {
            String all = new String(shipped.readAllBytes(), StandardCharsets.UTF_8);
            String one = all.substring(all.indexOf("  - name: DamagePrediction"));
            List<String> services = new ArrayList<>(List.of(one));
            services.add(copy(one, "Changed", 8).replace("intercept: -4.0", "intercept: -3.5"));
            services.add(copy(one, "Hanging", 9).replace("    model:\n", "    behaviour: hangs\n    model:\n"));
            services.add(copy(one, "Failing", 5).replace("    model:\n", "    behaviour: fails\n    model:\n"));
            return Files.writeString(folder.resolve("services.yaml"), "services:\n" + String.join("\n", services));
        }
    }

    private static String copy(String service, String name, int number) {
        return service.replace("name: DamagePrediction", "name: " + name)
                .replace("c0000000000000000000000000000007", "c000000000000000000000000000001" + number)
                .replace("c2FuZGJveCBkZW1vIGtleSA3", "c2FuZGJveCBkZW1vIGtleSB" + number);
    }

    private static String definition(String name, String endpoint, String shadow) {
        return """
                name: %s
                endpoint: %s
                inputs:
                  input1:
                    from: data/%1$s/*.csv
                    columns: [Large]
                outputs:
                  output1:
                    rows: same
                shadow:
                  endpoint: %s
                """.formatted(name, endpoint, shadow);
    }

    private static Map<String, String> job(String name, String service) {
        String prefix = "orchestrator.endpoints." + name + ".";
        return Map.of(
                prefix + "url",
                far.directUrl() + far.service(service).path(),
                prefix + "service-key",
                far.service(service).apiKey());
    }

    private static Map<String, String> server(String name, String model) {
        String prefix = "orchestrator.endpoints." + name + ".";
        return Map.of(
                prefix + "kind",
                "inference",
                prefix + "url",
                far.directUrl().toString(),
                prefix + "inference.model",
                model);
    }

    @AfterAll
    static void stop() {
        node.close();
        far.close();
    }

    private static Map<String, Upload> strikes() {
        byte[] content = (HEADER
                        + IntStream.range(0, ROWS)
                                .mapToObj(row -> row + "," + row % 2 + ",Yes\n")
                                .collect(Collectors.joining()))
                .getBytes(StandardCharsets.UTF_8);
        return Map.of("input1", new Upload("strikes.csv", () -> new ByteArrayInputStream(content)));
    }

    private static RunView finished(RunView run) {
        assertThat(run.state()).as(run.cause()).isEqualTo(State.FINISHED);
        return run;
    }

    private static ShadowJson shadow(long run) {
        try (OrchestratorClient client = new OrchestratorClient(node.url())) {
            return client.api().shadows(run, null).shadows().getFirst();
        }
    }

    private static ShadowJson judged(long run) {
        return await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> shadow(run), shadow -> shadow.verdict() != null);
    }

    private static ShadowSummaryJson summary(String definition) {
        try (OrchestratorClient client = new OrchestratorClient(node.url())) {
            return client.api().shadow(definition, null);
        }
    }

    private static double damage(int row, double intercept) {
        return 1 / (1 + Math.exp(-(intercept + 0.012 * row + 1.5 * (row % 2))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"same", "batch"})
    void isTheSameForAnotherDoorOfTheSameModel(String definition) throws IOException {
        RunView run = finished(node.score(definition, strikes()));
        ShadowJson shadow = judged(run.id());

        assertThat(shadow.verdict()).as(shadow.cause() + shadow.outputs()).isEqualTo("same");
        OutputDifferenceJson output = shadow.outputs().getFirst();
        assertThat(output.rows()).isEqualTo(ROWS);
        assertThat(output.shadowRows()).isEqualTo(ROWS);
        assertThat(output.columns())
                .extracting(ColumnDifferenceJson::column)
                .contains("Scored Probabilities", "Scored Labels");
        assertThat(summary(definition).same()).isOne();
        RunView itself = node.part(RunReader.class)
                .find(Objects.requireNonNull(shadow.shadowRun()))
                .orElseThrow();
        assertThat(itself.trigger()).isEqualTo("shadow");
        assertThat(shadow(itself.id())).isEqualTo(shadow);
        try (var delivered = Files.walk(folder.resolve("delivered"))) {
            assertThat(delivered.filter(file -> file.getFileName().toString().startsWith(itself.id() + "-")))
                    .isEmpty();
        }
    }

    @Test
    void saysHowMuchAnotherModelDiffers() {
        RunView run = finished(node.score("differs", strikes()));
        ShadowJson shadow = judged(run.id());
        double[] differences = IntStream.range(0, ROWS)
                .mapToDouble(row -> Math.abs(damage(row, -4.0) - damage(row, -3.5)))
                .toArray();
        long labels = IntStream.range(0, ROWS)
                .filter(row -> damage(row, -4.0) >= 0.5 != damage(row, -3.5) >= 0.5)
                .count();

        assertThat(shadow.verdict()).isEqualTo("differs");
        assertThat(labels).isPositive();
        Map<String, ColumnDifferenceJson> columns = shadow.outputs().getFirst().columns().stream()
                .collect(Collectors.toMap(ColumnDifferenceJson::column, column -> column));
        ColumnDifferenceJson probabilities = Objects.requireNonNull(columns.get("Scored Probabilities"));
        assertThat(probabilities.beyond()).isEqualTo(ROWS);
        assertThat(probabilities.largest())
                .isCloseTo(Arrays.stream(differences).max().orElseThrow(), within(1e-9));
        assertThat(probabilities.mean())
                .isCloseTo(Arrays.stream(differences).average().orElseThrow(), within(1e-9));
        assertThat(Objects.requireNonNull(columns.get("Scored Labels")).texts()).isEqualTo(labels);
        assertThat(Objects.requireNonNull(columns.get("Large")).largest()).isZero();
        assertThat(shadow.outputs().getFirst().first()).hasSize(5).allMatch(value -> value.row() <= 5);
        ShadowSummaryJson summary = summary("differs");
        assertThat(summary.differs()).isOne();
        assertThat(summary.shadowEndpoint()).isEqualTo("changed-server");
        assertThat(summary.columns().getFirst().column()).isEqualTo("Scored Probabilities");
        assertThat(page("/runs/" + run.id()))
                .contains(
                        "/runs/" + shadow.shadowRun(),
                        "output1, Scored Probabilities",
                        "row 1, Scored Probabilities: ");
        assertThat(page("/runs/" + shadow.shadowRun())).contains("scoring 1 of run #" + run.id());
        assertThat(page("/definitions")).contains("1 compared with old, 0 of them the same", "; largest difference 0.");
    }

    @Test
    void countsInAMetricOfItsOwnAndInNoOther() {
        RunView run = finished(node.score("same", strikes()));
        MeterRegistry meters = node.part(MeterRegistry.class);
        Map<String, Double> before = counts(meters, "same");
        finished(node.score("same", strikes()));
        judged(run.id());

        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            Map<String, Double> now = counts(meters, "same");
            assertThat(now.get("runs")).isEqualTo(Objects.requireNonNull(before.get("runs")) + 1);
            assertThat(now.get("comparisons")).isGreaterThan(Objects.requireNonNull(before.get("comparisons")));
        });
        assertThat(counts(meters, "same").get("scorings"))
                .isEqualTo(Objects.requireNonNull(before.get("scorings")) + 1);
    }

    private static Map<String, Double> counts(MeterRegistry meters, String definition) {
        return Map.of(
                "runs", count(meters, "orchestrator.runs.ended", definition),
                "scorings", count(meters, "orchestrator.scorings.ended", definition),
                "comparisons", count(meters, "orchestrator.shadow.comparisons", definition));
    }

    private static double count(MeterRegistry meters, String name, String definition) {
        return meters.find(name).tag("definition", definition).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    /** What the far side calls its columns, and what it says in them, is shown as text. */
    @Test
    void showsHostileNamesAsText() {
        RunView run = finished(node.score("down", strikes()));
        long itself = Objects.requireNonNull(shadow(run.id()).shadowRun());
        String hostile = "<script>alert(1)</script>\" onload=x '${7*7}' [[${7*7}]]";
        node.part(ShadowOutputs.class)
                .keep(
                        itself,
                        new Comparison(
                                Verdict.DIFFERS,
                                hostile,
                                List.of(new OutputDifference(
                                        hostile,
                                        3,
                                        3,
                                        1,
                                        List.of(hostile),
                                        List.of(hostile),
                                        List.of(new ColumnDifference(hostile, 1, 3, 1, 1e300, 0.1)),
                                        List.of(new DifferentValue(2, hostile, hostile, hostile))))));
        node.part(JdbcClient.class)
                .sql(
                        "UPDATE shadow_comparison SET verdict = 'differs', cause = ?, ended_at = now() WHERE shadow_run = ?")
                .params(hostile, itself)
                .update();

        for (String page : List.of(page("/runs/" + run.id()), page("/definitions"))) {
            assertThat(page)
                    .contains("&lt;script&gt;alert(1)&lt;/script&gt;")
                    .contains("${7*7}")
                    .doesNotContain("<script>alert", "'49'", "[[49");
        }
        assertThat(shadow(run.id()).outputs().getFirst().output()).isEqualTo(hostile);
    }

    private static String page(String path) {
        try (OrchestratorClient client = new OrchestratorClient(node.url())) {
            return client.text(path);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"hanging", "down"})
    void doesNotTouchTheRunWhileItHangs(String definition) {
        long before = node.part(Backlog.class).count(1000);
        RunView run = finished(node.score(definition, strikes()));

        ShadowJson shadow = shadow(run.id());
        assertThat(shadow.verdict()).isNull();
        assertThat(node.part(Backlog.class).count(1000)).isEqualTo(before);
        assertThat(node.part(RunReader.class).history(run.id(), 100).getLast().to())
                .isEqualTo(State.FINISHED);
        assertThat(node.part(RunReader.class).find(run.id()).orElseThrow()).isEqualTo(run);
    }

    @Test
    void isCancelledAlone() {
        RunView run = finished(node.score("down", strikes()));
        long itself = Objects.requireNonNull(shadow(run.id()).shadowRun());
        node.part(Cancellation.class).cancel(itself, Actor.user("ada"));
        node.ended(itself);

        assertThat(judged(run.id()).verdict()).isEqualTo("failed");
        assertThat(node.part(RunReader.class).find(run.id()).orElseThrow()).isEqualTo(run);
    }

    @Test
    void failsAloneAndIsNotRunAgainByItself() {
        RunView run = finished(node.score("failing", strikes()));
        ShadowJson shadow = judged(run.id());

        assertThat(shadow.verdict()).isEqualTo("failed");
        assertThat(shadow.cause()).isNotBlank();
        assertThat(node.part(RunReader.class).find(run.id()).orElseThrow()).isEqualTo(run);
        long itself = Objects.requireNonNull(shadow.shadowRun());
        assertThatThrownBy(() -> node.part(Reruns.class).accept(itself, false, null, "ada"))
                .isInstanceOf(RunRefusedException.NotRepeatable.class)
                .hasMessageContaining("is the shadow of another run");
    }

    @Test
    void comparesTheShareOfManyScoringsThatTheLotSays() {
        long run = node.request("tenth", Map.of());
        finished(node.ended(run));
        List<Integer> drawn = node
                .part(JdbcClient.class)
                .sql("SELECT id, position FROM scoring WHERE run_id = ? ORDER BY position")
                .param(run)
                .query((row, n) -> ShadowSample.has(row.getLong("id"), 10) ? row.getInt("position") : 0)
                .list()
                .stream()
                .filter(position -> position > 0)
                .toList();

        try (OrchestratorClient client = new OrchestratorClient(node.url())) {
            assertThat(client.api().shadows(run, null).shadows())
                    .extracting(ShadowJson::position)
                    .containsExactlyElementsOf(drawn);
        }
        assertThat(drawn).hasSizeBetween(1, 30);
        await().atMost(Duration.ofSeconds(30)).until(() -> summary("tenth").differs() == drawn.size());
    }
}
