package dev.bes.orchestrator.web.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.bes.api.client.ApiException;
import dev.bes.api.definition.DefinitionDiffJson;
import dev.bes.api.definition.DefinitionDiffJson.ChangeJson;
import dev.bes.api.definition.DefinitionDiffJson.FireChangeJson;
import dev.bes.api.definition.SchedulesJson.NewPauseJson;
import dev.bes.api.definition.SchedulesJson.ScheduleStateJson;
import dev.bes.api.definition.ValidationJson;
import dev.bes.api.definition.ValidationJson.FindingJson;
import dev.bes.api.installation.EndpointsJson.EndpointJson;
import dev.bes.api.installation.NodesJson.NodeJson;
import dev.bes.api.installation.PoolsJson.PoolJson;
import dev.bes.orchestrator.TestEnvironment;
import dev.bes.orchestrator.node.Node;
import dev.bes.orchestrator.web.Caller.Answer;
import dev.bes.orchestrator.web.WebNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is installed, by REST: definitions and their checks, schedules and their pauses, endpoints, nodes. */
@Tag("slow")
class InstallationApiTests {
    private static final String NIGHTLY = "/api/v1/schedules/greetings/nightly";

    @TempDir
    static Path folder;

    private static final String DATABASE = TestEnvironment.newDatabase();
    private static WebNode node;

    @BeforeAll
    static void start() {
        node = WebNode.start(folder, DATABASE, Map.of());
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static String yaml(String name) throws IOException {
        return Files.readString(folder.resolve("definitions/" + name + ".yaml"));
    }

    @Test
    void servesOneDefinitionWithAnETag() {
        Answer answer = node.caller().get("/api/v1/definitions/greetings");

        assertThat(answer.json().path("name").asString()).isEqualTo("greetings");
        assertThat(node.api().definition("greetings"))
                .isEqualTo(node.api().definitions().definitions().stream()
                        .filter(definition -> definition.name().equals("greetings"))
                        .findFirst()
                        .orElseThrow());
        assertThat(node.caller()
                        .get("/api/v1/definitions/greetings", "If-None-Match", answer.header("ETag"))
                        .status())
                .isEqualTo(304);
        assertThat(refusal(() -> node.api().definition("no-such"))).returns("unknown-definition", ApiException::kind);
    }

    @Test
    void changesAPoolForWhoHasSeenItAsItIs() {
        String url = "/api/v1/pools/licences";
        assertThat(node.caller().get(url).status()).isEqualTo(404);
        Answer made = node.caller().put(url, "{\"slots\": 2, \"description\": \"of the vendor\"}");
        assertThat(made.status()).as(made.body()).isEqualTo(200);
        Answer changed = node.caller()
                .put(
                        url,
                        "{\"slots\": 3, \"rate\": {\"launches\": 10, \"periodSeconds\": 60}}",
                        "If-Match",
                        made.header("ETag"));
        assertThat(changed.json().at("/rate/launches").asInt()).isEqualTo(10);

        Answer late = node.caller().put(url, "{\"slots\": 9}", "If-Match", made.header("ETag"));
        assertThat(late.status()).isEqualTo(412);
        assertThat(node.caller().get(url).json().path("slots").asInt()).isEqualTo(3);
        assertThat(node.api().pools().pools()).extracting(PoolJson::name).contains("licences");
        assertThat(node.caller()
                        .post(url + "/remove", "{}", "If-Match", made.header("ETag"))
                        .status())
                .isEqualTo(412);
        assertThat(node.api().removePool("licences").slots()).isEqualTo(3);
        assertThat(node.caller().get(url).status()).isEqualTo(404);
    }

    @Test
    void refusesPoolsThatAreNone() {
        for (String limits : List.of(
                "{}",
                "{\"slots\": -1}",
                "{\"slots\": 100001}",
                "{\"slots\": 1, \"rate\": {\"launches\": 1}}",
                "{\"slots\": 1, \"rate\": {\"launches\": 0, \"periodSeconds\": 1}}",
                "{\"slots\": 1, \"rate\": {\"launches\": 1, \"periodSeconds\": 86401}}",
                "{\"slots\": 1, \"description\": \"two\\nlines\"}")) {
            assertThat(node.caller().put("/api/v1/pools/licences", limits).status())
                    .as(limits)
                    .isEqualTo(422);
        }
        assertThat(node.caller().put("/api/v1/pools/-x", "{\"slots\": 1}").status())
                .isEqualTo(422);
        assertThat(refusal(() -> node.api().removePool("licences"))).returns("unknown-pool", ApiException::kind);
    }

    @Test
    void validatesTheTextOfADefinitionWithLineAndColumn() throws IOException {
        assertThat(node.api().validate(yaml("greetings").getBytes(UTF_8)))
                .isEqualTo(new ValidationJson(true, "greetings", List.of()));

        ValidationJson wrong = node.api()
                .validate(yaml("greetings").replace("endpoint:", "endpiont:").getBytes(UTF_8));
        assertThat(wrong.valid()).isFalse();
        assertThat(wrong.findings())
                .first()
                .returns("mistake", FindingJson::severity)
                .returns(3, FindingJson::line)
                .returns(1, FindingJson::column);

        ValidationJson overlap = node.api()
                .validate(yaml("failing")
                        .replace("failing", "other")
                        .replace("folder: other,", "folder: failing,")
                        .getBytes(UTF_8));
        assertThat(overlap.findings())
                .as("another definition takes the same files")
                .anySatisfy(finding -> assertThat(finding.message()).contains("failing.yaml"));
    }

    @Test
    void validatesWhateverIsSentAndWritesNothing() throws IOException {
        List<Path> before = files();

        for (String text :
                List.of("", "{", "- a", "name: ../../etc/passwd", "a: &a [*a]", "\u0000", "x".repeat(200_000))) {
            assertThat(node.api().validate(text.getBytes(UTF_8)))
                    .returns(false, ValidationJson::valid)
                    .satisfies(result -> assertThat(result.findings()).isNotEmpty());
        }
        assertThat(refusal(() -> node.api().validate(new byte[] {(byte) 0xC3, 'x'})))
                .returns(400, ApiException::status);
        assertThat(refusal(() -> node.api().validate(new byte[300 * 1024]))).returns("too-large", ApiException::kind);
        assertThat(node.caller().post("/api/v1/definitions/validate", "{}").status())
                .isEqualTo(415);
        assertThat(files()).isEqualTo(before);
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("definitions"))) {
            return files.sorted().toList();
        }
    }

    @Test
    void comparesTheTextOfADefinitionKeyByKey() throws IOException {
        assertThat(node.api().diff("greetings", yaml("greetings").getBytes(UTF_8)))
                .returns(true, DefinitionDiffJson::same)
                .satisfies(same -> assertThat(same.changes()).isEmpty())
                .satisfies(same -> assertThat(same.fires()).isEmpty());

        String other =
                yaml("greetings").replace("max: 1", "max: 3").replace("columns: [text]", "columns: [text, more]");
        DefinitionDiffJson diff = node.api().diff("greetings", (other + "priority: 20\n").getBytes(UTF_8));
        assertThat(diff.same()).isFalse();
        assertThat(diff.changes())
                .containsExactly(
                        new ChangeJson("attempts.max", "1", "3"),
                        new ChangeJson("inputs.input1.columns[1]", null, "more"),
                        new ChangeJson("priority", "10", "20"));

        assertThat(refusal(() -> node.api().diff("greetings", "name: greetings".getBytes(UTF_8))))
                .returns("invalid-definition", ApiException::kind);
        assertThat(refusal(() -> node.api().diff("no-such", yaml("greetings").getBytes(UTF_8))))
                .returns("unknown-definition", ApiException::kind);
    }

    @Test
    void namesTheFireTimesThatAChangeAddsAndRemoves() throws IOException {
        String later = yaml("greetings").replace("0 0 2 * * ?", "30 6 * * *");
        DefinitionDiffJson diff = node.api().diff("greetings", later.getBytes(UTF_8));

        assertThat(diff.fires())
                .extracting(FireChangeJson::change)
                .contains("added", "removed")
                .hasSizeBetween(58, 60);
        assertThat(diff.fires())
                .filteredOn(fire -> fire.change().equals("added"))
                .allSatisfy(fire -> assertThat(fire.time()
                                .atZone(ZoneId.of("America/New_York"))
                                .toLocalTime())
                        .isEqualTo(LocalTime.of(6, 30)));
        String seconds = yaml("greetings").replace("0 0 2 * * ?", "* * * * * ?");
        assertThat(node.api().diff("greetings", seconds.getBytes(UTF_8)))
                .satisfies(many -> assertThat(many.fires()).hasSizeLessThan(10_001))
                .satisfies(many -> assertThat(many.firesUntil()).isBefore(diff.firesUntil()));
    }

    @Test
    void pausesAndResumesAScheduleWithAReasonAndOutlivesARestart() {
        assertThat(node.api().schedules().schedules())
                .extracting(ScheduleStateJson::definition, ScheduleStateJson::name)
                .containsExactly(tuple("greetings", "nightly"));

        ScheduleStateJson paused = node.api().pause("greetings", "nightly", new NewPauseJson("  year-end closing "));

        assertThat(paused.paused()).isNotNull();
        assertThat(paused.paused().reason()).isEqualTo("year-end closing");
        assertThat(paused.paused().actor()).isEqualTo("user:anonymous");
        assertThat(paused.links()).containsOnlyKeys("self", "resume");
        assertThat(triggerState()).isEqualTo("PAUSED");
        assertThat(node.api().pause("greetings", "nightly", new NewPauseJson("again")))
                .isEqualTo(paused);
        assertThat(node.caller().get("/definitions").body()).contains("year-end closing");
        node.close();
        node = WebNode.start(folder, DATABASE, Map.of());
        assertThat(node.api().schedule("greetings", "nightly")).isEqualTo(paused);
        assertThat(triggerState()).isEqualTo("PAUSED");
        assertThat(node.api().resume("greetings", "nightly").paused()).isNull();
        assertThat(triggerState()).isEqualTo("WAITING");
        assertThat(node.api().schedule("greetings", "nightly").paused()).isNull();
    }

    @Test
    void pausesAndResumesAllSchedules() {
        assertThat(node.api().pauseAll(new NewPauseJson("maintenance")).schedules())
                .allSatisfy(schedule -> assertThat(schedule.paused()).isNotNull());
        assertThat(node.api().resumeAll().schedules())
                .isNotEmpty()
                .allSatisfy(schedule -> assertThat(schedule.paused()).isNull());
    }

    @Test
    void refusesAPauseWithoutAReasonOrOfWhatSomebodyElseHasChanged() {
        String seen = node.caller().get(NIGHTLY).header("ETag");
        for (String body : List.of("{}", "{\"reason\": \" \"}", "{\"reason\": \"a\\nb\"}")) {
            assertThat(node.caller().post(NIGHTLY + "/pause", body).status()).isEqualTo(400);
        }
        assertThat(node.caller()
                        .post("/api/v1/schedules/greetings/none/pause", "{\"reason\": \"r\"}")
                        .json()
                        .path("type")
                        .asString())
                .endsWith("#unknown-schedule");

        String paused = node.caller()
                .post(NIGHTLY + "/pause", "{\"reason\": \"r\"}", "If-Match", seen)
                .header("ETag");
        Answer late = node.caller().post(NIGHTLY + "/resume", "{}", "If-Match", seen);
        assertThat(late.status()).isEqualTo(412);
        assertThat(late.json().path("type").asString()).endsWith("#changed-meanwhile");
        assertThat(node.caller()
                        .post(NIGHTLY + "/resume", "{}", "If-Match", "\"x\", " + paused)
                        .status())
                .isEqualTo(200);
    }

    private static String triggerState() {
        return node.part(JdbcClient.class)
                .sql("SELECT trigger_state FROM qrtz_triggers WHERE trigger_group = 'greetings'")
                .query(String.class)
                .single();
    }

    @Test
    void listsEndpointsWithoutKeysAndNodesByTheirHeartbeats() {
        assertThat(node.api().endpoints().endpoints())
                .extracting(EndpointJson::name)
                .contains("always-fails", "feature-hashing");
        assertThat(node.api().endpoints().endpoints())
                .filteredOn(endpoint -> endpoint.name().equals("feature-hashing"))
                .first()
                .returns("bes", EndpointJson::kind)
                .returns(40, EndpointJson::maxConcurrentJobs)
                .satisfies(endpoint -> assertThat(endpoint.definitions()).containsExactly("greetings", "letters"));
        assertThat(node.caller().get("/api/v1/endpoints").body())
                .doesNotContain(
                        TestEnvironment.sandbox()
                                .service("SimpleFeatureHashingExperiment")
                                .apiKey(),
                        TestEnvironment.sandbox().subscription("unlimited").primaryKey());
        assertThat(node.api().nodes().nodes())
                .filteredOn(NodeJson::answering)
                .singleElement()
                .returns(node.part(Node.class).name(), NodeJson::name)
                .returns(true, NodeJson::alive);
    }

    private static ApiException refusal(ThrowingCallable call) {
        return catchThrowableOfType(ApiException.class, call);
    }
}
