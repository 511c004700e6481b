package dev.bes.orchestrator.remote.bes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.bes.orchestrator.remote.OneCallService;
import dev.bes.orchestrator.remote.RemoteException.Unavailable;
import dev.bes.orchestrator.remote.Table;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BesRequestResponseTests {

    private static final Table ONE_ROW = new Table(List.of("Col2"), List.of(List.of("This is a good day")));

    private final BesFixture besFixture = new BesFixture();
    private final BesEndpoints endpoints = besFixture.endpoints(Duration.ofSeconds(20));
    private final OneCallService service = endpoints.oneCall("toxic");

    @AfterEach
    void close() {
        besFixture.close();
    }

    private Map<String, Table> execute() {
        return service.score(Map.of("input1", ONE_ROW), Map.of("Seed", "7"));
    }

    @Test
    void asksInTheTableFormAndReadsTheTable() {
        besFixture.scriptedService.answers(200, """
                {"Results": {"output1": {"type": "table", "value": {"ColumnNames": ["a", "b"],
                 "ColumnTypes": ["String", "Double"], "Values": [[">50K", "0.9"], [null, 1.5]]}}}}""");

        assertThat(execute())
                .isEqualTo(Map.of(
                        "output1",
                        new Table(List.of("a", "b"), List.of(List.of(">50K", "0.9"), Arrays.asList(null, "1.5")))));
        ScriptedService.Asked asked = besFixture.scriptedService.onlyAsked();
        assertThat(asked.line()).isEqualTo("POST /base/execute?api-version=2.0&details=true");
        assertThat(BesJson.MAPPER.readTree(asked.body())).isEqualTo(BesJson.MAPPER.readTree("""
                {"Inputs": {"input1": {"ColumnNames": ["Col2"], "Values": [["This is a good day"]]}},
                 "GlobalParameters": {"Seed": "7"}}"""));
    }

    @Test
    void makesNoMoreCallsAtATimeThanTheServiceTakes() {
        CompletableFuture<Void> open = new CompletableFuture<>();
        byte[] answer = "{\"Results\": {}}".getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 25; i++) {
            besFixture.scriptedService.answers(exchange -> {
                open.join();
                exchange.sendResponseHeaders(200, answer.length);
                exchange.getResponseBody().write(answer);
            });
        }
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            IntStream.range(0, 25).forEach(i -> callers.execute(this::execute));
            await().during(Duration.ofMillis(200)).until(() -> besFixture.scriptedService.asked.size() == 20);
            open.complete(null);
        }
        assertThat(besFixture.scriptedService.asked).hasSize(25);
    }

    @Test
    void readsAListOfObjects() {
        besFixture.scriptedService.answers(
                200, "{\"Results\": {\"output1\": [{\"a\": \"1\"}, {\"a\": null, \"b\": \"2\"}]}}");

        assertThat(execute())
                .isEqualTo(Map.of(
                        "output1",
                        new Table(List.of("a", "b"), List.of(Arrays.asList("1", null), Arrays.asList(null, "2")))));
    }

    @Test
    void readsValuesWithoutNames() {
        besFixture.scriptedService.answers(
                200, "{\"Results\": {\"o\": {\"type\": \"table\", \"value\": {\"Values\": [[\"1\"]]}}}}");

        assertThat(execute()).isEqualTo(Map.of("o", new Table(List.of(), List.of(List.of("1")))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "[1]", "{\"Results\": null}", "{\"Results\": "})
    void doesNotTakeAnythingElseForAResult(String answer) {
        besFixture.scriptedService.answers(200, answer);

        assertThatThrownBy(this::execute)
                .isInstanceOf(Unavailable.class)
                .hasMessageStartingWith("Endpoint toxic, execute: ");
    }
}
