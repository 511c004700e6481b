package dev.bes.sandbox;

import static dev.bes.sandbox.SampleClient.body;
import static dev.bes.sandbox.SampleClient.byKey;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bes.sandbox.journal.JournalEntry;
import dev.bes.sandbox.journal.JournalEntry.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

@Tag("slow")
class JobLifeTests {

    private static Sandbox sandbox;

    @BeforeAll
    static void start() {
        sandbox = Sandbox.start(SharedStore.options());
        SharedStore.put("life/in.csv", "Col2\nThis is a good day\n");
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @AfterEach
    void noServiceTime() {
        sandbox.serviceTime(Duration.ZERO, Duration.ZERO);
    }

    @Test
    void showsAllThreeKeysWhileNothingHasHappened() {
        SampleClient client = client("SimpleFeatureHashingExperiment");
        String id = client.submit(body("life/in.csv", "life/out.csv"));

        assertThat(client.status(id).toString())
                .isEqualTo("{\"StatusCode\":\"NotStarted\",\"Results\":null,\"Details\":null}");
    }

    @Test
    void neverRunsAJobThatWasNotStarted() {
        SampleClient client = client("SimpleFeatureHashingExperiment");
        String idle = client.submit(body("life/in.csv", "life/idle.csv"));
        String started = client.submit(body("life/in.csv", "life/started.csv"));

        client.start(started);

        assertEnd(client, started, "Finished");
        assertThat(client.state(idle)).isEqualTo("NotStarted");
        assertThat(SharedStore.blob("life/idle.csv").exists()).isFalse();
    }

    @Test
    void refusesASecondStart() {
        SampleClient client = client("HangsForever");
        String id = client.submit(body("life/in.csv", "life/out.csv"));
        client.start(id);

        var second = client.call("POST", "/jobs/" + id + "/start?api-version=2.0", "");

        assertThat(second.statusCode()).isEqualTo(400);
        assertThat(second.body()).contains("InvalidOperation", "CannotStartJob", "because it is in Running state.");
        client.delete(id);
    }

    @Test
    void refusesToStartACancelledJob() {
        SampleClient client = client("SimpleFeatureHashingExperiment");
        String id = client.submit(body("life/in.csv", "life/out.csv"));

        assertThat(client.delete(id)).isEqualTo(204);
        assertThat(client.start(id)).isEqualTo(400);
        assertThat(client.state(id)).isEqualTo("Cancelled");
    }

    @Test
    void cancelsARunningJobAndWritesNothing() {
        sandbox.serviceTime(Duration.ofMillis(300), Duration.ofMillis(300));
        SampleClient client = client("SimpleFeatureHashingExperiment");
        String cancelled = client.submit(body("life/in.csv", "life/cancelled.csv"));
        String kept = client.submit(body("life/in.csv", "life/kept.csv"));
        client.start(cancelled);
        client.start(kept);

        assertThat(client.delete(cancelled)).isEqualTo(204);

        assertEnd(client, kept, "Finished");
        assertThat(client.state(cancelled)).isEqualTo("Cancelled");
        assertThat(SharedStore.blob("life/cancelled.csv").exists()).isFalse();
    }

    @Test
    void leavesAFinishedJobFinishedWhenItIsDeleted() {
        SampleClient client = client("SimpleFeatureHashingExperiment");
        String id = client.submit(body("life/in.csv", "life/out.csv"));
        client.start(id);
        assertEnd(client, id, "Finished");

        assertThat(client.delete(id)).isEqualTo(204);
        assertThat(client.delete(id)).isEqualTo(204);
        assertThat(client.state(id)).isEqualTo("Finished");
    }

    @Test
    void runsAsLongAsTheServiceTimeSays() {
        sandbox.serviceTime(Duration.ofMillis(400), Duration.ofMillis(500));
        SampleClient client = client("SimpleFeatureHashingExperiment");
        String id = client.submit(body("life/in.csv", "life/slow.csv"));
        client.start(id);
        assertEnd(client, id, "Finished");

        List<JournalEntry> states = sandbox.journal().of(id).stream()
                .filter(it -> it.event() == Event.STATE)
                .toList();
        assertThat(states).extracting(it -> it.fact("to")).containsExactly("Running", "Finished");
        assertThat(Duration.between(states.get(0).at(), states.get(1).at())).isGreaterThan(Duration.ofMillis(390));
    }

    @Test
    void runsFortyJobsOfAnEndpointAtATimeFirstInFirstOut() {
        SampleClient client = client("HangsForever");
        List<String> ids = IntStream.range(0, 43)
                .mapToObj(i -> client.submit(body("life/in.csv", "life/out.csv")))
                .toList();
        ids.forEach(client::start);

        assertThat(ids.subList(0, 40)).allMatch(id -> client.state(id).equals("Running"));
        assertThat(ids.subList(40, 43)).allMatch(id -> client.state(id).equals("NotStarted"));

        client.delete(ids.get(41));
        client.delete(ids.get(7));
        assertThat(client.state(ids.get(40))).isEqualTo("Running");
        assertThat(client.state(ids.get(42))).isEqualTo("NotStarted");

        client.delete(ids.get(8));
        assertThat(client.state(ids.get(42))).isEqualTo("Running");
        ids.forEach(client::delete);
    }

    @Test
    void queuesEachEndpointByItself() {
        SampleClient hanging = client("HangsForever");
        List<String> ids = IntStream.range(0, 40)
                .mapToObj(i -> hanging.submit(body("life/in.csv", "life/out.csv")))
                .toList();
        ids.forEach(hanging::start);
        SampleClient other = client("AlwaysFails");
        String id = other.submit(body("life/in.csv", "life/out.csv"));
        other.start(id);

        assertEnd(other, id, "Failed");
        ids.forEach(hanging::delete);
    }

    @Test
    void saysWhyAJobFailed() {
        SampleClient client = client("AlwaysFails");
        String id = client.submit(body("life/in.csv", "life/out.csv"));
        client.start(id);

        assertEnd(client, id, "Failed");
        JsonNode status = client.status(id);
        assertThat(status.path("Details").stringValue()).startsWith("Error 1000");
        assertThat(status.path("Results").isNull()).isTrue();
    }

    @Test
    void finishesWithoutTheOutputWhenTheServiceNeverWrites() {
        SampleClient client = client("NeverWrites");
        String id = client.submit(body("life/in.csv", "life/never.csv"));
        client.start(id);

        assertEnd(client, id, "Finished");
        assertThat(client.status(id).at("/Results/output1/RelativeLocation").stringValue())
                .isEqualTo("life/never.csv");
        assertThat(SharedStore.blob("life/never.csv").exists()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "life/missing.csv, life/out.csv,    Col2, 3,  BlobNotFound: Unable to access the provided Azure blob - life/missing.csv",
        "life/in.csv,      nowhere/out.csv, Col2, 3,  BlobNotFound: Unable to access the provided Azure blob - nowhere/out.csv",
        "life/in.csv,      life/out.csv,    Col9, 3,  Error 0001: Column with name or index \"Col9\" not found.",
        "life/in.csv,      life/out.csv,    Col2, 31, Error 0138: Memory has been exhausted",
        "life/ragged.csv,  life/out.csv,    Col2, 3,  Error 0018: Invalid data in dataset: line 2: All rows must have same number of elements",
        "life/empty.csv,   life/out.csv,    Col2, 3,  Error 0003"
    })
    void failsWhenTheDataAreBad(String in, String out, String column, String bits, String details) {
        SharedStore.put("life/ragged.csv", "Col1,Col2\n1\n");
        SharedStore.put("life/empty.csv", "");
        SampleClient client = client("SimpleFeatureHashingExperiment");
        String id =
                client.submit(body(byKey(in), byKey(out), Map.of("Target column", column, "Hashing bitsize", bits)));
        client.start(id);

        assertEnd(client, id, "Failed");
        assertThat(client.status(id).path("Details").stringValue()).startsWith(details);
    }

    @Test
    void putsAnOutputWithoutAnAddressIntoItsOwnStore() {
        SampleClient client = client("SimpleFeatureHashingExperiment");
        String id = client.submit("{\"Input\":" + SampleClient.json.writeValueAsString(byKey("life/in.csv")) + "}");
        client.start(id);

        assertEnd(client, id, "Finished");
        String path = client.status(id).at("/Results/output1/RelativeLocation").stringValue();
        assertThat(path).matches("experimentoutput/[-0-9a-f]{36}/[-0-9a-f]{36}\\.csv");
        assertThat(SharedStore.get(path)).contains("This is a good day,1,1,2,2,0,2,0,1");
    }

    @Test
    void mintsALinkOf24HoursAnd5MinutesAtEveryStatusCall() {
        SampleClient client = client("SimpleFeatureHashingExperiment");
        String id = client.submit(body("life/in.csv", "life/out.csv"));
        client.start(id);
        assertEnd(client, id, "Finished");

        JsonNode output = client.status(id).at("/Results/output1");
        Map<String, String> token = token(output);
        assertThat(output.path("ConnectionString").isNull()).isTrue();
        assertThat(output.path("BaseLocation").stringValue()).isEqualTo(SharedStore.baseLocation());
        assertThat(token).containsEntry("sp", "r").containsEntry("sr", "b");
        assertThat(Duration.between(instant(token, "st"), instant(token, "se"))).isEqualTo(Duration.parse("PT24H5M"));
        await().atMost(Duration.ofSeconds(5))
                .until(() -> !token(client.status(id).at("/Results/output1")).equals(token));
    }

    private static Instant instant(Map<String, String> token, String name) {
        return Instant.parse(token.getOrDefault(name, "").replace("%3A", ":"));
    }

    private static Map<String, String> token(JsonNode output) {
        Map<String, String> token = new HashMap<>();
        for (String pair :
                output.path("SasBlobToken").stringValue().substring(1).split("&", -1)) {
            token.put(pair.split("=", 2)[0], pair.split("=", 2)[1]);
        }
        return token;
    }

    private static SampleClient client(String service) {
        var called = sandbox.service(service);
        return new SampleClient(sandbox.directUrl(), called.path(), called.apiKey());
    }

    private static void assertEnd(SampleClient client, String id, String state) {
        await().atMost(Duration.ofSeconds(20)).until(() -> client.state(id), state::equals);
    }
}
