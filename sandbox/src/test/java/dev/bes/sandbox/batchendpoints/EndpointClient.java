package dev.bes.sandbox.batchendpoints;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import dev.bes.sandbox.Sandbox;
import dev.bes.sandbox.batchendpoints.token.TokenAuthority;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls the batch endpoints of a sandbox as their documentation says it. */
final class EndpointClient {

    static final String SCORING = "https://ml.azure.com";
    static final String ARM = "https://management.azure.com";
    static final String WORKSPACE =
            "/subscriptions/s-1/resourceGroups/rg/providers/Microsoft.MachineLearningServices/workspaces/ws";
    static final JsonMapper json = JsonMapper.builder().build();

    private static final HttpClient http = HttpClient.newHttpClient();

    private final Sandbox sandbox;

    EndpointClient(Sandbox sandbox) {
        this.sandbox = sandbox;
    }

    /** The answer to a form of the token authority. */
    HttpResponse<String> form(String path, Map<String, String> fields) {
        String body = fields.entrySet().stream()
                .map(it -> it.getKey() + "=" + URLEncoder.encode(it.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
        return send(HttpRequest.newBuilder(URI.create(sandbox.directUrl() + path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body)));
    }

    Map<String, String> credentials() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("grant_type", "client_credentials");
        fields.put("client_id", TokenAuthority.CLIENT_ID);
        fields.put("client_secret", sandbox.managementToken());
        return fields;
    }

    String token(String resource) {
        Map<String, String> fields = credentials();
        fields.put("resource", resource);
        return json.readTree(form("/tenant/oauth2/token", fields).body())
                .path("access_token")
                .asString();
    }

    /** A call with a token for Azure Resource Manager, below the workspace. */
    HttpResponse<String> arm(String method, String path, String body) {
        return call(method, WORKSPACE + path + (path.contains("?") ? "&" : "?") + "api-version=2024-10-01", ARM, body);
    }

    JsonNode armJson(String path) {
        return json.readTree(arm("GET", path, "").body());
    }

    /** A call with a token for the data plane. */
    HttpResponse<String> scoring(String method, String path, String body, String... headers) {
        return call(method, path, SCORING, body, headers);
    }

    HttpResponse<String> call(String method, String path, String resource, String body, String... headers) {
        return callWith(token(resource), method, path, body, headers);
    }

    HttpResponse<String> callWith(String token, String method, String path, String body, String... headers) {
        String url = path.startsWith("http") ? path : sandbox.directUrl() + path;
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request);
    }

    /** Starts a job; its name. */
    String invoke(String endpoint, String body, String... headers) {
        HttpResponse<String> reply = scoring("POST", "/batchEndpoints/" + endpoint + "/jobs", body, headers);
        if (reply.statusCode() != 201) {
            throw new IllegalStateException(reply.statusCode() + " " + reply.body());
        }
        return json.readTree(reply.body()).path("name").asString();
    }

    String status(String endpoint, String job) {
        return json.readTree(scoring("GET", "/batchEndpoints/" + endpoint + "/jobs/" + job, "")
                        .body())
                .at("/properties/status")
                .asString();
    }

    /** The state in which a job has ended. */
    String end(String job) {
        return await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(20))
                .until(
                        () -> armJson("/jobs/" + job).at("/properties/status").asString(),
                        Set.of("Completed", "Failed", "Canceled")::contains);
    }

    /** All entries of a list, over all its pages. */
    List<JsonNode> pages(String path, String resource) {
        List<JsonNode> all = new ArrayList<>();
        String next = path;
        while (!next.isEmpty()) {
            JsonNode page = json.readTree(call("GET", next, resource, "").body());
            page.path("value").forEach(all::add);
            next = page.path("nextLink").asString("");
        }
        return all;
    }

    /** The body of an invoke with a file or folder of the account, and an output file in the datastore {@code files}. */
    static String body(String type, String input, String output) {
        return json.writeValueAsString(Map.of(
                "properties",
                Map.of(
                        "inputData", Map.of("input1", Map.of("jobInputType", type, "uri", input)),
                        "outputData", Map.of("output1", Map.of("jobOutputType", "UriFile", "uri", output)))));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
