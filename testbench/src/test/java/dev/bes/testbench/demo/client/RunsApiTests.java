package dev.bes.testbench.demo.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bes.sandbox.http.HttpPort;
import dev.bes.sandbox.http.Reply;
import dev.bes.sandbox.http.Request;
import dev.bes.testbench.demo.environment.DemoFailure;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunsApiTests {

    private static final String RUN = """
            {"id":3,"trigger":"files","state":"Failed","cause":"why","createdAt":"2026-11-23T01:02:03.456Z",
             "endedAt":null,"somethingNew":{},"scorings":[{"position":1,"step":"SCORED","state":"Failed","cause":null,
             "attempts":[{"n":1,"state":"Failed","jobId":"j1","rowsIn":5}],"outputs":{"output1":{"rows":5,"sha256":"x"}}}],
             "history":[{"scoring":1,"seq":1,"toStep":"STAGED","to":"NotStarted","at":"2026-11-23T01:02:04Z",
             "cause":null,"remoteWord":null,"node":"n"}]}""";

    @TempDir
    Path folder;

    private final ConcurrentLinkedQueue<Request> seen = new ConcurrentLinkedQueue<>();

    @Test
    void readsWhatItKnowsOfARunAndLeavesTheRest() {
        try (HttpPort port = serving(200, Map.of(), RUN)) {
            RunDetail detail = new RunsApi(port.url()).run(3);

            assertThat(detail.run())
                    .isEqualTo(new RunDetail.Run(
                            3, "files", "Failed", "why", Instant.parse("2026-11-23T01:02:03.456Z"), null));
            assertThat(detail.outputs()).containsExactly(new RunDetail.Output(5, "x"));
            assertThat(detail.lastAttempts())
                    .extracting(RunDetail.Attempt::jobId)
                    .containsExactly("j1");
            assertThat(detail.history()).extracting(RunDetail.Move::toStep).containsExactly("STAGED");
        }
    }

    @Test
    void sendsAFormWithTheFileAndTheKey() throws IOException {
        Path file = Files.writeString(folder.resolve("birds.csv"), "a\n1\n");
        try (HttpPort port = serving(201, Map.of("Idempotency-Replayed", "true"), "{\"id\":9}")) {
            RunsApi.Accepted accepted = new RunsApi(port.url()).request("birdstrikes", file, "key-1");

            assertThat(accepted).isEqualTo(new RunsApi.Accepted(9, true));
            Request request = seen.remove();
            assertThat(request.header("Idempotency-Key")).contains("key-1");
            assertThat(request.body())
                    .contains("name=\"definition\"\r\n\r\nbirdstrikes\r\n--")
                    .contains("name=\"input1\"; filename=\"birds.csv\"\r\nContent-Type: text/csv\r\n\r\na\n1\n\r\n--");
        }
    }

    @Test
    void tellsWhatTheOrchestratorSaidWhenItRefuses() throws IOException {
        Path file = Files.writeString(folder.resolve("birds.csv"), "a\n");
        try (HttpPort port = serving(422, Map.of(), "no rows")) {
            assertThatThrownBy(() -> new RunsApi(port.url()).request("birdstrikes", file, "k"))
                    .isInstanceOf(DemoFailure.class)
                    .hasMessageContainingAll("422", "no rows");
        }
    }

    @Test
    void isNotReadyWhileNobodyAnswers() {
        URI gone;
        try (HttpPort port = serving(503, Map.of(), "")) {
            gone = port.url();
            assertThat(new RunsApi(gone).isReady()).isFalse();
        }
        assertThat(new RunsApi(gone).isReady()).isFalse();
    }

    private HttpPort serving(int status, Map<String, String> headers, String body) {
        return HttpPort.open(0, request -> {
            seen.add(request);
            return new Reply(status, headers, body);
        });
    }
}
