package dev.bes.sandbox;

import dev.bes.sandbox.catalogue.Parameter;
import dev.bes.sandbox.catalogue.WebService;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** The Swagger 2.0 description of a service, with the parts that the R package reads. */
final class Swagger {

    private static final JsonMapper json = JsonMapper.builder().build();

    private Swagger() {}

    static String of(WebService service, String host, String basePath) {
        return json.writeValueAsString(object(
                "swagger", "2.0",
                "info", object("version", "2.0", "title", service.name()),
                "host", host,
                "basePath", basePath,
                "schemes", List.of("http"),
                "consumes", List.of("application/json"),
                "produces", List.of("application/json"),
                "paths", paths(),
                "definitions", definitions(service)));
    }

    /** The order matters: a public client reads the verb of the second path. */
    private static Map<String, Object> paths() {
        return object(
                "/swagger.json", object("get", operation("getSwaggerDocument")),
                "/execute?api-version=2.0&format=swagger", object("post", operation("execute")),
                "/execute?api-version=2.0&details=true", object("post", operation("executeDetails")),
                "/jobs?api-version=2.0", object("post", operation("submitJob")),
                "/jobs/{jobId}/start?api-version=2.0", object("post", operation("startJob")),
                "/jobs/{jobId}?api-version=2.0", object("get", operation("getJob"), "delete", operation("deleteJob")));
    }

    private static Map<String, Object> operation(String id) {
        return object("operationId", id, "responses", object("default", object("description", "See the error codes")));
    }

    private static Map<String, Object> definitions(WebService service) {
        Map<String, Object> item = object("type", "object", "properties", object("Col2", object("type", "string")));
        return object(
                "ExecutionRequest", object("type", "object", "example", example(service)),
                "input1Item", item,
                "output1Item", item);
    }

    private static Map<String, Object> example(WebService service) {
        Map<String, @Nullable String> parameters = new TreeMap<>();
        service.parameters().stream()
                .filter(parameter -> parameter.fallback() != null)
                .forEach((Parameter parameter) -> parameters.put(parameter.name(), parameter.fallback()));
        return object(
                "Inputs",
                object("input1", List.of(object("Col2", "This is a good day"))),
                "GlobalParameters",
                parameters);
    }

    private static Map<String, Object> object(Object... keysAndValues) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            object.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return object;
    }
}
