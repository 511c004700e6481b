package dev.bes.orchestrator.web.page;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * What the page of the API shows of its OpenAPI document.
 *
 * @param version version of the document
 * @param groups the calls, by what they are about
 * @param schemas the JSON that is sent and answered, by name
 */
record ApiReference(String version, List<Group> groups, List<Schema> schemas) {
    /** The document, as it is committed. */
    static final Resource DOCUMENT = new ClassPathResource("api/openapi.yaml");

    /** Calls about one thing. */
    record Group(String name, List<Call> calls) {}

    /**
     * A call.
     *
     * @param bodies media type and schema of what may be sent
     * @param answers status, description and schema of each answer
     */
    record Call(
            String id,
            String method,
            String path,
            String summary,
            List<Property> parameters,
            List<Body> bodies,
            List<Answer> answers) {}

    /** What may be sent; the schema is null if it has no name. */
    record Body(String type, @Nullable String schema) {}

    /** An answer; the schema is null if it has no name. */
    record Answer(
            String status, String description, @Nullable String schema) {}

    /** A parameter of a call, or a property of a schema. */
    record Property(String name, String place, String type, boolean required, String description) {}

    /** The JSON of one kind. */
    record Schema(String name, String description, List<Property> properties) {}

    /**
     * Reads the document.
     *
     * @throws IOException if the document is missing, which a build without it would be
     */
    static ApiReference read() throws IOException {
        JsonNode root = new YAMLMapper().readTree(DOCUMENT.getContentAsByteArray());
        Map<String, List<Call>> groups = new TreeMap<>();
        root.path("paths")
                .forEachEntry((path, item) -> item.forEachEntry((method, call) -> groups.computeIfAbsent(
                                call.path("tags").path(0).asString("other"), name -> new ArrayList<>())
                        .add(call(method, path, call))));
        List<Schema> schemas = new ArrayList<>();
        root.path("components").path("schemas").forEachEntry((name, schema) -> schemas.add(schema(name, schema)));
        return new ApiReference(
                root.path("info").path("version").asString(),
                groups.entrySet().stream()
                        .map(group -> new Group(group.getKey(), group.getValue()))
                        .toList(),
                schemas);
    }

    private static Call call(String method, String path, JsonNode call) {
        List<Property> parameters = new ArrayList<>();
        call.path("parameters")
                .forEach(parameter -> parameters.add(new Property(
                        parameter.path("name").asString(),
                        parameter.path("in").asString(),
                        type(parameter.path("schema")),
                        parameter.path("required").asBoolean(false),
                        parameter.path("description").asString(""))));
        List<Body> bodies = new ArrayList<>();
        call.path("requestBody")
                .path("content")
                .forEachEntry((type, body) -> bodies.add(new Body(type, reference(body.path("schema")))));
        List<Answer> answers = new ArrayList<>();
        call.path("responses").forEachEntry((status, answer) -> answers.add(answer(status, answer)));
        return new Call(
                call.path("operationId").asString(),
                method.toUpperCase(Locale.ROOT),
                path,
                call.path("summary").asString(""),
                parameters,
                bodies,
                answers);
    }

    private static Answer answer(String status, JsonNode answer) {
        JsonNode content = answer.path("content");
        String schema = answer.has("$ref")
                ? "Problem"
                : content.isEmpty() ? null : reference(content.iterator().next().path("schema"));
        return new Answer(status, answer.path("description").asString(""), schema);
    }

    private static Schema schema(String name, JsonNode schema) {
        List<Property> properties = new ArrayList<>();
        List<String> required =
                schema.path("required").valueStream().map(JsonNode::asString).toList();
        schema.path("properties")
                .forEachEntry((property, type) -> properties.add(new Property(
                        property,
                        "",
                        type(type),
                        required.contains(property),
                        type.path("description").asString(""))));
        return new Schema(name, schema.path("description").asString(""), properties);
    }

    private static @Nullable String reference(JsonNode schema) {
        String reference = schema.path("$ref").asString("");
        return reference.isEmpty() ? null : reference.substring(reference.lastIndexOf('/') + 1);
    }

    private static String type(JsonNode schema) {
        String reference = reference(schema);
        if (reference != null) {
            return reference;
        }
        if (schema.has("anyOf")) {
            return schema.path("anyOf").valueStream().map(ApiReference::type).collect(Collectors.joining(" or "));
        }
        if (schema.has("items")) {
            return "list of " + type(schema.path("items"));
        }
        JsonNode type = schema.path("type");
        return type.isArray()
                ? type.valueStream().map(JsonNode::asString).collect(Collectors.joining(" or "))
                : type.asString("any");
    }
}
