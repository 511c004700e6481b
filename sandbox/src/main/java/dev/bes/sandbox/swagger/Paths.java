package dev.bes.sandbox.swagger;

import static dev.bes.sandbox.swagger.JsonObjects.object;
import static dev.bes.sandbox.swagger.JsonObjects.reference;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The operations of a service. */
final class Paths {

    /** The name of the security definition. */
    static final String KEY = "api_key";

    private static final Map<String, Object> EMPTY = object("description", "The operation succeeded; no body");

    private Paths() {}

    static Map<String, Object> all() {
        return object(
                "/swagger.json", object("get", document()),
                "/execute?api-version=2.0&format=swagger", object("post", execute()),
                "/jobs?api-version=2.0", object("post", submit()),
                "/jobs/{jobId}?api-version=2.0", object("get", status(), "delete", cancel()),
                "/jobs/{jobId}/start?api-version=2.0", object("post", start()));
    }

    private static Map<String, Object> document() {
        return object(
                "summary",
                "Get swagger API document for the web service",
                "operationId",
                "getSwaggerDocument",
                "parameters",
                List.of(object(
                        "name", "api-version",
                        "in", "query",
                        "description", "API version",
                        "required", false,
                        "type", "string",
                        "default", "2.0")),
                "responses",
                object("200", object("description", "The document", "schema", object("type", "object"))));
    }

    private static Map<String, Object> execute() {
        return operation(
                "execute",
                "Execute the web service and get a response synchronously",
                body("ExecutionRequest", "Execution request"),
                "200",
                object("description", "Execution result", "schema", reference("ExecutionResults")));
    }

    private static Map<String, Object> submit() {
        Map<String, Object> id = object("type", "string", "example", "539d0bc2fde945b6ac986b851d0000f0");
        return operation(
                "submitjob",
                "Submit an asynchronous job to execute the web service",
                body("BatchExecutionRequest", "Batch execution request"),
                "200",
                object("description", "Id of the job, which is not started yet", "schema", id));
    }

    private static Map<String, Object> status() {
        return operation(
                "getjobstatus",
                "Get the status for a given job",
                jobId(),
                "200",
                object("description", "Status of the job", "schema", reference("BatchExecutionStatus")));
    }

    private static Map<String, Object> cancel() {
        return operation("canceljob", "Cancel a job", jobId(), "204", EMPTY);
    }

    private static Map<String, Object> start() {
        return operation("startjob", "Start running a job", jobId(), "204", EMPTY);
    }

    private static Map<String, Object> operation(
            String id, String summary, Map<String, Object> parameter, String status, Map<String, Object> answer) {
        Map<String, Object> responses = new LinkedHashMap<>();
        responses.put(status, answer);
        responses.put("default", object("description", "The request is refused", "schema", reference("ErrorResponse")));
        return object(
                "summary", summary,
                "operationId", id,
                "parameters", List.of(parameter),
                "responses", responses,
                "security", List.of(object(KEY, List.of())));
    }

    private static Map<String, Object> body(String definition, String description) {
        return object(
                "name",
                "body",
                "in",
                "body",
                "description",
                description,
                "required",
                true,
                "schema",
                reference(definition));
    }

    private static Map<String, Object> jobId() {
        return object(
                "name", "jobId", "in", "path", "description", "Id of the job", "required", true, "type", "string");
    }
}
