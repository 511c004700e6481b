package dev.bes.testbench.demo.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bes.sandbox.Sandbox;
import dev.bes.sandbox.catalogue.WebService;
import dev.bes.sandbox.dataset.Column;
import dev.bes.sandbox.dataset.DataFormat;
import dev.bes.sandbox.dataset.RowReader;
import dev.bes.testbench.demo.environment.DemoFailure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The results of a model for the rows of a file, by the protocols that the sandbox serves it with. */
public final class ModelDoors {

    private ModelDoors() {}

    /**
     * One column of a CSV file.
     *
     * @throws IOException when it cannot be read
     */
    public static List<@Nullable String> column(Path csv, String name) throws IOException {
        try (RowReader rows = DataFormat.CSV.reader(Files.newInputStream(csv))) {
            int at = rows.columns().stream().map(Column::name).toList().indexOf(name);
            List<@Nullable String> values = new ArrayList<>();
            for (List<@Nullable String> row = rows.next(); row != null; row = rows.next()) {
                values.add(row.get(at));
            }
            return values;
        }
    }

    /**
     * One column of the answer of the Request/Response Service to all rows of a file.
     *
     * @throws IOException when the file cannot be read, or the service does not answer
     */
    public static List<@Nullable String> requestResponse(Sandbox sandbox, WebService service, Path csv, String name)
            throws IOException {
        JsonNode value = answer(sandbox, service, request(csv)).path("Results").path("output1").path("value");
        int at = value.path("ColumnNames").valueStream()
                .map(JsonNode::asString)
                .toList()
                .indexOf(name);
        List<@Nullable String> values = new ArrayList<>();
        value.path("Values").forEach(row -> values.add(row.path(at).asString()));
        return values;
    }

    private static String request(Path csv) throws IOException {
        try (RowReader rows = DataFormat.CSV.reader(Files.newInputStream(csv))) {
            List<List<@Nullable String>> values = new ArrayList<>();
            for (List<@Nullable String> row = rows.next(); row != null; row = rows.next()) {
                values.add(row);
            }
            List<String> names = rows.columns().stream().map(Column::name).toList();
            return JsonMapper.shared()
                    .writeValueAsString(Map.of(
                            "Inputs", Map.of("input1", Map.of("ColumnNames", names, "Values", values))));
        }
    }

    private static JsonNode answer(Sandbox sandbox, WebService service, String body) throws IOException {
        URI url = URI.create(sandbox.directUrl() + service.path() + "/execute?api-version=2.0&details=true");
        HttpRequest request = HttpRequest.newBuilder(url)
                .header("Authorization", "Bearer " + service.apiKey())
                .POST(BodyPublishers.ofString(body, UTF_8))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = client.send(request, BodyHandlers.ofString(UTF_8));
            return JsonMapper.shared().readTree(answer.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DemoFailure("Interrupted", e);
        }
    }
}
