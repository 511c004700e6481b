package dev.bes.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.azure.core.util.BinaryData;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import dev.bes.sandbox.Sandbox;
import dev.bes.sandbox.SandboxOptions;
import dev.bes.sandbox.batchendpoints.token.TokenAuthority;
import dev.bes.sandbox.catalogue.WebService;
import dev.bes.sandbox.dataset.Column;
import dev.bes.sandbox.dataset.DataFormat;
import dev.bes.sandbox.dataset.RowReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One scorer behind each protocol: the same 10,000 rows get the same numbers as from ONNX Runtime itself. */
@Tag("slow")
class DoorsAgreeTests {

    private static final JsonMapper json = JsonMapper.builder().build();
    private static final HttpClient http = HttpClient.newHttpClient();
    private static final String RESULT = "Scored Probabilities";

    private static Sandbox sandbox;
    private static WebService service;
    private static List<Map<String, String>> reports;
    private static List<Float> expected;

    @BeforeAll
    static void start() throws Exception {
        sandbox = Sandbox.start(SandboxOptions.defaults().withModels(StrikeDamageTests.BUILT));
        service = sandbox.service(StrikeDamage.NAME);
        reports = rows(Files.readString(StrikeDamageTests.DATA));
        expected = DirectCall.probabilities(StrikeDamageTests.BUILT.resolve(StrikeDamage.NAME, "model.onnx"), reports);
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    /** Each door takes the reports and gives the probabilities in their order. */
    static Stream<Named<Supplier<List<Float>>>> doors() {
        return Stream.of(
                Named.of("Batch Execution Service", DoorsAgreeTests::batchExecution),
                Named.of("Request/Response Service", DoorsAgreeTests::requestResponse),
                Named.of("batch endpoint of Azure Machine Learning", DoorsAgreeTests::batchEndpoint),
                Named.of("Open Inference Protocol", DoorsAgreeTests::inference));
    }

    @ParameterizedTest
    @MethodSource("doors")
    void givesTheNumbersOfTheModel(Supplier<List<Float>> door) {
        List<Float> given = door.get();

        assertThat(given).hasSize(10_000).isEqualTo(expected);
    }

    private static List<Float> batchExecution() {
        String connection = sandbox.blobConnectionString();
        BlobContainerClient container = container();
        container.getBlobClient("in.csv").upload(BinaryData.fromFile(StrikeDamageTests.DATA));
        String job = call(
                        "POST",
                        "/jobs",
                        Map.of(
                                "Inputs", Map.of("input1", blob(connection, "doors/in.csv")),
                                "Outputs", Map.of("output1", blob(connection, "doors/out.csv"))))
                .asString();
        call("POST", "/jobs/" + job + "/start", Map.of());
        await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> call("GET", "/jobs/" + job, Map.of())
                                .path("StatusCode")
                                .asString(),
                        "Finished"::equals);
        return results(rows(container.getBlobClient("out.csv").downloadContent().toString()));
    }

    private static List<Float> requestResponse() {
        List<String> columns =
                service.inputs().getFirst().schema().stream().map(Column::name).toList();
        List<List<@Nullable String>> values = new ArrayList<>();
        for (Map<String, String> report : reports) {
            List<@Nullable String> row = new ArrayList<>();
            columns.forEach(column -> row.add(report.get(column)));
            values.add(row);
        }
        JsonNode value = call(
                        "POST",
                        "/execute?details=true",
                        Map.of("Inputs", Map.of("input1", Map.of("ColumnNames", columns, "Values", values))))
                .path("Results")
                .path("output1")
                .path("value");
        int at = value.path("ColumnNames")
                .valueStream()
                .map(JsonNode::asString)
                .toList()
                .indexOf(RESULT);
        return value.path("Values")
                .valueStream()
                .map(row -> Float.valueOf(row.path(at).asString()))
                .toList();
    }

    private static List<Float> batchEndpoint() {
        BlobContainerClient container = container();
        container.getBlobClient("rows.csv").upload(BinaryData.fromFile(StrikeDamageTests.DATA));
        String form = "grant_type=client_credentials&resource=https://ml.azure.com&client_id=" + TokenAuthority.CLIENT_ID
                + "&client_secret=" + sandbox.managementToken();
        String token = send(request("/tenant/oauth2/token")
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form)))
                .path("access_token")
                .asString();
        String jobs = "/batchEndpoints/" + service.name() + "/jobs";
        Map<String, Object> invoke = Map.of(
                "properties",
                Map.of(
                        "InputData",
                        Map.of("rows", Map.of("JobInputType", "UriFile", "Uri", "azureml://datastores/doors/paths/rows.csv")),
                        "OutputData",
                        Map.of(
                                "scored",
                                Map.of("JobOutputType", "UriFile", "Uri", "azureml://datastores/doors/paths/v2/scored.csv"))));
        String job = send(bearer(jobs, token).POST(BodyPublishers.ofString(json.writeValueAsString(invoke))))
                .path("name")
                .asString();
        await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> send(bearer(jobs + "/" + job, token).GET())
                                .at("/properties/status")
                                .asString(),
                        "Completed"::equals);
        String lines = container.getBlobClient("v2/scored.csv").downloadContent().toString();
        return lines.lines()
                .map(line -> Float.valueOf(line.substring(line.lastIndexOf(',') + 1)))
                .toList();
    }

    private static List<Float> inference() {
        List<Map<String, Object>> inputs = new ArrayList<>();
        for (Column column : service.inputs().getFirst().schema()) {
            boolean number = column.type().isNumeric();
            // the protocol has no form for a missing number
            List<Object> data = new ArrayList<>();
            reports.stream()
                    .map(report -> report.get(column.name()))
                    .forEach(it -> data.add(number ? it == null ? 154.0 : Double.valueOf(it) : String.valueOf(it)));
            inputs.add(Map.of(
                    "name", column.name(),
                    "datatype", number ? "FP64" : "BYTES",
                    "shape", List.of(data.size()),
                    "data", data));
        }
        String body = json.writeValueAsString(Map.of("inputs", inputs));
        return send(bearer("/v2/models/" + service.name() + "/infer", service.apiKey())
                        .POST(BodyPublishers.ofString(body)))
                .path("outputs")
                .valueStream()
                .filter(output -> output.path("name").asString().equals(RESULT))
                .flatMap(output -> output.path("data").valueStream())
                .map(value -> Float.valueOf(value.asString()))
                .toList();
    }

    private static Map<String, String> blob(String connection, String path) {
        return Map.of("ConnectionString", connection, "RelativeLocation", path);
    }

    private static BlobContainerClient container() {
        return new BlobServiceClientBuilder()
                .connectionString(sandbox.blobConnectionString())
                .buildClient()
                .createBlobContainerIfNotExists("doors");
    }

    /** A call of the service by its classic address. */
    private static JsonNode call(String method, String path, Map<String, Object> body) {
        String url = service.path() + path + (path.contains("?") ? "&" : "?") + "api-version=2.0";
        return send(bearer(url, service.apiKey())
                .method(
                        method,
                        body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(json.writeValueAsString(body))));
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(sandbox.directUrl() + path));
    }

    private static HttpRequest.Builder bearer(String path, String token) {
        return request(path).header("Authorization", "Bearer " + token).header("Content-Type", "application/json");
    }

    private static JsonNode send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> reply = http.send(request.build(), BodyHandlers.ofString());
            assertThat(reply.statusCode()).as(reply.body()).isLessThan(300);
            return json.readTree(reply.body().isEmpty() ? "null" : reply.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Float> results(List<Map<String, String>> rows) {
        return rows.stream().map(row -> Float.valueOf(row.get(RESULT))).toList();
    }

    private static List<Map<String, String>> rows(String csv) {
        List<Map<String, String>> rows = new ArrayList<>();
        try (RowReader reader = DataFormat.CSV.reader(new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)))) {
            for (List<@Nullable String> row = reader.next(); row != null; row = reader.next()) {
                Map<String, String> values = new HashMap<>();
                for (int i = 0; i < row.size(); i++) {
                    values.put(reader.columns().get(i).name(), row.get(i));
                }
                rows.add(values);
            }
        }
        return rows;
    }
}
