package dev.bes.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls a service in the manner of Microsoft's published samples, quirks included. */
public final class SampleClient {

    static final JsonMapper json = JsonMapper.builder().build();
    static final HttpClient http = HttpClient.newHttpClient();

    private final String base;
    private final Map<String, String> headers = new HashMap<>();

    public SampleClient(URI root, String servicePath, String apiKey) {
        this.base = root + servicePath;
        headers.put("Authorization", "Bearer " + apiKey);
    }

    public SampleClient with(String header, String value) {
        headers.put(header, value);
        return this;
    }

    public HttpResponse<String> call(String method, String pathAndQuery, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + pathAndQuery))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        headers.forEach(request::header);
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The job id as the samples get it: the body without its double quotes. */
    public String submit(String body) {
        HttpResponse<String> reply = call("POST", "/jobs?api-version=2.0", body);
        if (reply.statusCode() != 200) {
            throw new IllegalStateException(reply.statusCode() + " " + reply.body());
        }
        return reply.body().replaceAll("^\"|\"$", "");
    }

    public int start(String id) {
        return call("POST", "/jobs/" + id + "/start?api-version=2.0", "").statusCode();
    }

    public int delete(String id) {
        return call("DELETE", "/jobs/" + id + "?api-version=2.0", "").statusCode();
    }

    public JsonNode status(String id) {
        return json.readTree(call("GET", "/jobs/" + id + "?api-version=2.0", "").body());
    }

    public String state(String id) {
        return status(id).path("StatusCode").stringValue();
    }

    /** A submit body with one input and one output, both by connection string. */
    public static String body(String input, String output) {
        return body(byKey(input), byKey(output), Map.of());
    }

    public static String body(Map<String, String> input, Map<String, String> output, Map<String, String> parameters) {
        return json.writeValueAsString(Map.of(
                "Inputs", Map.of("input1", input),
                "Outputs", Map.of("output1", output),
                "GlobalParameters", parameters));
    }

    public static Map<String, String> byKey(String path) {
        return Map.of("ConnectionString", SharedStore.connectionString(), "RelativeLocation", path);
    }

    public static Map<String, String> bySas(String path, String permissions) {
        return Map.of(
                "BaseLocation", SharedStore.baseLocation(),
                "RelativeLocation", path,
                "SasBlobToken", SharedStore.sas(path, permissions));
    }
}
