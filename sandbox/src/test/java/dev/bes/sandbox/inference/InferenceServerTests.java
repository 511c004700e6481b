package dev.bes.sandbox.inference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.sandbox.Sandbox;
import dev.bes.sandbox.SharedStore;
import dev.bes.sandbox.journal.JournalEntry.Event;
import dev.bes.sandbox.settings.RrsCapacity;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InferenceServerTests {

    private static final String DAMAGE = "/v2/models/DamagePrediction";
    private static final String ROWS = """
            {"id":"42","inputs":[
              {"name":"Speed IAS in knots","shape":[2],"datatype":"INT32","data":[300,20]},
              {"name":"Large","shape":[2,1],"datatype":"INT32","data":[[1],[0]]},
              {"name":"Damage","shape":[2],"datatype":"BYTES","data":["Yes","No"]}]}""";

    private static final HttpClient http = HttpClient.newHttpClient();
    private static Sandbox sandbox;

    @BeforeAll
    static void start() {
        sandbox = Sandbox.start(SharedStore.options());
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    private static HttpRequest request(String method, String path, String body) {
        return HttpRequest.newBuilder(URI.create(sandbox.directUrl() + path))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
    }

    private static HttpResponse<String> call(String method, String path, String body)
            throws IOException, InterruptedException {
        return http.send(request(method, path, body), BodyHandlers.ofString());
    }

    @Test
    void isLiveAndReadyAndSaysWhoItIs() throws Exception {
        assertThat(call("GET", "/v2", "").body()).contains("\"name\":\"bes-sandbox\"");
        assertThat(call("GET", "/v2/health/live", "").body()).isEqualTo("{\"live\":true}");
        assertThat(call("GET", "/v2/health/ready", "").body()).isEqualTo("{\"ready\":true}");
        assertThat(call("GET", DAMAGE + "/versions/1/ready", "").statusCode()).isEqualTo(200);
    }

    @Test
    void describesTheColumnsOfAServiceAsTensors() throws Exception {
        assertThat(call("GET", DAMAGE, "").body())
                .contains("\"versions\":[\"1\"]")
                .contains("{\"name\":\"Large\",\"datatype\":\"INT32\",\"shape\":[-1]}")
                .contains("{\"name\":\"Scored Probabilities\",\"datatype\":\"FP64\",\"shape\":[-1]}");
    }

    @Test
    void scoresTheRowsOfTensorsAndWritesItDown() throws Exception {
        HttpResponse<String> answer = call("POST", DAMAGE + "/infer", ROWS);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .contains("\"id\":\"42\"")
                .contains("{\"name\":\"Scored Labels\",\"shape\":[2],\"datatype\":\"BYTES\",\"data\":[\"Yes\",\"No\"]}")
                .contains("\"datatype\":\"FP64\",\"data\":[0.75026");
        assertThat(sandbox.journal().entries())
                .filteredOn(entry -> entry.event() == Event.EXECUTE)
                .last()
                .satisfies(entry -> assertThat(entry.facts())
                        .containsEntry("service", "DamagePrediction")
                        .containsEntry("rows", 2));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GET  | /v2/models/Nobody                          |     | 404 | model 'Nobody' is not found
            GET  | /v2/models/JoinStrikesWithAirports         |     | 404 | model 'JoinStrikesWithAirports' is not found
            GET  | /v2/models/DamagePrediction/versions/7     |     | 404 | has no version '7'
            POST | /v2/models/DamagePrediction                | {}  | 405 | is not possible here
            POST | /v2/models/DamagePrediction/infer          | no  | 400 | the body is not JSON
            POST | /v2/models/DamagePrediction/infer          | {}  | 400 | the request has no inputs
            """)
    void refusesAsTheProtocolSays(String method, String path, String body, int status, String message)
            throws Exception {
        HttpResponse<String> answer = call(method, path, body == null ? "" : body);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).startsWith("{\"error\":\"").contains(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            [300,20]        | [300]            | has 1 elements for shape [2]
            [300,20]        | ["300",20]       | input 'Speed IAS in knots', element 0: is no INT32
            "Large"         | "Small"          | input 'Large' is missing
            "INT32"         | "FP64"           | has datatype 'FP64', expected INT32
            "shape":[2,1]   | "shape":[2,2]    | must have shape [n] or [n, 1]
            """)
    void refusesTensorsThatDoNotFitTheColumns(String part, String other, String message) throws Exception {
        HttpResponse<String> answer = call("POST", DAMAGE + "/infer", ROWS.replace(part, other));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains(message);
    }

    @Test
    void refusesAKeyThatIsNotTheServices() throws Exception {
        HttpRequest sent = HttpRequest.newBuilder(request("GET", DAMAGE, ""), (name, value) -> true)
                .header("Authorization", "Bearer wrong")
                .build();

        assertThat(http.send(sent, BodyHandlers.ofString()).statusCode()).isEqualTo(401);
    }

    @Test
    void answers429AboveItsCapacity() {
        sandbox.rrsCapacity(RrsCapacity.DEFAULT.withMaxConcurrentCalls(4).withCallTime(Duration.ofMillis(300)));
        try {
            List<CompletableFuture<HttpResponse<String>>> calls = IntStream.range(0, 8)
                    .mapToObj(call -> http.sendAsync(request("POST", DAMAGE + "/infer", ROWS), BodyHandlers.ofString()))
                    .toList();

            assertThat(calls)
                    .extracting(CompletableFuture::join)
                    .filteredOn(answer -> answer.statusCode() == 429)
                    .isNotEmpty()
                    .allSatisfy(answer -> assertThat(answer.headers().firstValue("Retry-After"))
                            .hasValue("1"));
        } finally {
            sandbox.rrsCapacity(RrsCapacity.DEFAULT);
        }
    }
}
