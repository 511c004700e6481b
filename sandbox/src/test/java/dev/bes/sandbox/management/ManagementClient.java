package dev.bes.sandbox.management;

import dev.bes.sandbox.Sandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls the management API as a client of Azure Resource Manager does, and the gateway with a key. */
public final class ManagementClient {

    /** The address of the service that the test's client is set to. */
    public static final String SERVICE = "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg-1"
            + "/providers/Microsoft.ApiManagement/service/apim-1";

    private static final JsonMapper json = JsonMapper.builder().build();
    private static final HttpClient http = HttpClient.newHttpClient();

    private final Sandbox sandbox;
    private final List<String> headers = new ArrayList<>();

    /** A client with the token. */
    public ManagementClient(Sandbox sandbox) {
        this.sandbox = sandbox;
        headers.addAll(List.of("Authorization", "Bearer " + sandbox.managementToken()));
    }

    /** The same client with one more header. */
    ManagementClient with(String header, String value) {
        ManagementClient other = new ManagementClient(sandbox);
        other.headers.clear();
        other.headers.addAll(headers);
        other.headers.addAll(List.of(header, value));
        return other;
    }

    /** A client without a token. */
    ManagementClient anonymous() {
        ManagementClient other = new ManagementClient(sandbox);
        other.headers.clear();
        return other;
    }

    /** Calls a path below the service. */
    public HttpResponse<String> call(String method, String path, String body) {
        String version = (path.contains("?") ? "&" : "?") + "api-version=2022-08-01";
        return send(method, sandbox.directUrl() + SERVICE + path + version, body, headers);
    }

    /** The JSON of an answer. */
    public JsonNode get(String path) {
        return read(call("GET", path, ""));
    }

    /** Makes a subscription of the demo's user or of nobody, and gives its primary key. */
    String subscribe(String sid, String properties) {
        HttpResponse<String> made = call("PUT", "/subscriptions/" + sid, "{\"properties\":" + properties + "}");
        if (made.statusCode() != 201) {
            throw new IllegalStateException(made.statusCode() + " " + made.body());
        }
        return keys(sid).path("primaryKey").stringValue();
    }

    /** The keys of a subscription. */
    JsonNode keys(String sid) {
        return read(call("POST", "/subscriptions/" + sid + "/listSecrets", ""));
    }

    /** Asks the gateway for a job that does not exist: 404 with a key that admits, 401 with another. */
    int gateway(String key) {
        String service = sandbox.service("SimpleFeatureHashingExperiment").path();
        String apiKey = sandbox.service("SimpleFeatureHashingExperiment").apiKey();
        return send(
                        "GET",
                        sandbox.managedUrl() + service + "/jobs/" + "0".repeat(32) + "?api-version=2.0",
                        "",
                        List.of("Ocp-Apim-Subscription-Key", key, "Authorization", "Bearer " + apiKey))
                .statusCode();
    }

    public static JsonNode read(HttpResponse<String> answer) {
        return json.readTree(answer.body());
    }

    static HttpResponse<String> send(String method, String url, String body, List<String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        for (int i = 0; i < headers.size(); i += 2) {
            request.header(headers.get(i), headers.get(i + 1));
        }
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
