package dev.bes.sandbox.batchendpoints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bes.sandbox.SampleClient;
import dev.bes.sandbox.Sandbox;
import dev.bes.sandbox.SharedStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** One service scores the same rows alike as BES, as RRS and as a batch endpoint. */
@Tag("slow")
class SameRowsByEachServiceTests {

    private static final String SERVICE = "DamagePrediction";
    private static final int ROWS = 10_000;

    private static Sandbox sandbox;
    private static final List<List<String>> rows = rows();

    @BeforeAll
    static void start() {
        sandbox = Sandbox.start(SharedStore.options());
        SharedStore.put(
                "same/in.csv",
                rows.stream()
                        .map(row -> String.join(",", row))
                        .collect(Collectors.joining("\n", "Speed IAS in knots,Large,Damage\n", "\n")));
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @Test
    void scoresTheSameRowsAlike() {
        List<String> byEndpoint = endpoint();

        assertThat(byEndpoint).hasSize(ROWS);
        assertThat(jobs()).isEqualTo(byEndpoint);
        assertThat(calls()).isEqualTo(byEndpoint);
    }

    private static List<String> endpoint() {
        EndpointClient client = new EndpointClient(sandbox);
        String job = client.invoke(
                SERVICE,
                EndpointClient.body(
                        "UriFile",
                        "azureml://datastores/same/paths/in.csv",
                        "azureml://datastores/same/paths/endpoint.csv"));
        assertThat(client.end(job)).isEqualTo("Completed");
        return SharedStore.get("same/endpoint.csv").lines().toList();
    }

    private static List<String> jobs() {
        SampleClient client = client();
        String job = client.submit(SampleClient.body("same/in.csv", "same/bes.csv"));
        client.start(job);
        await().atMost(Duration.ofSeconds(20)).until(() -> client.state(job).equals("Finished"));
        return SharedStore.get("same/bes.csv").lines().skip(1).toList();
    }

    private static List<String> calls() {
        String body = EndpointClient.json.writeValueAsString(Map.of(
                "Inputs",
                Map.of(
                        "input1",
                        Map.of("ColumnNames", List.of("Speed IAS in knots", "Large", "Damage"), "Values", rows))));
        JsonNode answer =
                EndpointClient.json.readTree(client().call("POST", "/execute?api-version=2.0&details=true", body)
                        .body());
        List<String> scored = new ArrayList<>();
        answer.at("/Results/output1/value/Values")
                .forEach(row ->
                        scored.add(row.valueStream().map(JsonNode::stringValue).collect(Collectors.joining(","))));
        return scored;
    }

    private static SampleClient client() {
        var service = sandbox.service(SERVICE);
        return new SampleClient(sandbox.directUrl(), service.path(), service.apiKey());
    }

    private static List<List<String>> rows() {
        Random random = new Random(17);
        return IntStream.range(0, ROWS)
                .mapToObj(i -> List.of(
                        String.valueOf(100 + random.nextInt(300)),
                        String.valueOf(random.nextInt(2)),
                        random.nextBoolean() ? "Yes" : "No"))
                .toList();
    }
}
