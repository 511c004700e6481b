package dev.bes.sandbox.swagger;

import dev.bes.sandbox.catalogue.WebService;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * The Swagger 2.0 description of a service. Operation ids, paths and the names of most definitions are those of a PHP
 * client that Swagger's generator made of a real document. The R package AzureML asks that the second path is that of
 * execute; its search breaks on a response whose first key is not the description.
 */
public final class SwaggerDocument {

    private static final JsonMapper json = JsonMapper.builder().build();

    private SwaggerDocument() {}

    /**
     * The document as JSON.
     *
     * @param scheme {@code http} or {@code https}
     * @param host host and port
     * @param basePath the path of the service
     */
    public static String of(WebService service, String scheme, String host, String basePath) {
        return json.writeValueAsString(JsonObjects.object(
                "swagger", "2.0",
                "info", info(service),
                "host", host,
                "basePath", basePath,
                "schemes", List.of(scheme),
                "consumes", List.of("application/json"),
                "produces", List.of("application/json"),
                "paths", Paths.all(),
                "securityDefinitions", securityDefinitions(),
                "definitions", Definitions.of(service)));
    }

    private static Map<String, Object> info(WebService service) {
        String description = service.description();
        return JsonObjects.object(
                "version",
                "2.0",
                "title",
                service.name(),
                "description",
                description.isEmpty() ? "No description provided for this web service." : description,
                "x-endpoint-name",
                "default");
    }

    private static Map<String, Object> securityDefinitions() {
        return JsonObjects.object(
                Paths.KEY,
                JsonObjects.object(
                        "type", "apiKey",
                        "in", "header",
                        "name", "Authorization",
                        "description", "The word Bearer, a space, and a key of the service."));
    }
}
