package dev.bes.benchmarks.stub;

import dev.bes.sandbox.http.Reply;
import dev.bes.sandbox.http.Request;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Azure Machine Learning: tokens, jobs of a workspace by their names, and a batch endpoint. A job runs at once. */
final class StubWorkspace {

    static final String ENDPOINT = "/batchEndpoints/stub";

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String CONTAINER = "orchestrator/";
    private static final String PATHS = "/paths/";

    private final StubJobs jobs;
    private final CallCounts counts;

    StubWorkspace(StubJobs jobs, CallCounts counts) {
        this.jobs = jobs;
        this.counts = counts;
    }

    static boolean owns(String path) {
        return path.startsWith(ENDPOINT + "/") || path.startsWith("/subscriptions/") || path.contains("/oauth2/");
    }

    Reply handle(Request request) {
        String path = request.path();
        if (path.contains("/oauth2/")) {
            counts.add("token");
            return Reply.json(200, """
                    {"token_type": "Bearer", "expires_in": 86399, "ext_expires_in": 86399, "access_token": "stub"}""");
        }
        String last = path.substring(path.lastIndexOf('/') + 1);
        return switch (request.method()) {
            case "PUT" -> run(last, request);
            case "POST" -> run(UUID.randomUUID().toString(), request);
            default ->
                jobs.state(last, "Running", "Completed").map(this::status).orElseGet(() -> Reply.json(404, """
                    {"error": {"code": "UserError", "message": "There is no such job."}}"""));
        };
    }

    private Reply run(String name, Request request) {
        counts.add("submit");
        JsonNode properties = JSON.readTree(request.body()).path("properties");
        boolean invoked = request.path().startsWith(ENDPOINT);
        jobs.run(
                name,
                path(properties.path(invoked ? "inputData" : "inputs")),
                path(properties.path(invoked ? "outputData" : "outputs")));
        return Reply.json(201, "{\"name\": \"%s\", \"properties\": {\"status\": \"Preparing\"}}".formatted(name));
    }

    /** The path of the blob behind a datastore URI. */
    private static String path(JsonNode blobs) {
        String uri = blobs.values().iterator().next().path("uri").asString();
        return CONTAINER + uri.substring(uri.indexOf(PATHS) + PATHS.length());
    }

    private Reply status(String word) {
        counts.add("status");
        return Reply.json(200, "{\"properties\": {\"status\": \"%s\"}}".formatted(word));
    }
}
