package dev.bes.orchestrator.definition.check;

import dev.bes.orchestrator.definition.RequestSchema;
import dev.bes.orchestrator.definition.RequestSchema.ParameterSchema;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Maps the tree of {@code request.schema}. */
public final class RequestSchemaMapper {
    private RequestSchemaMapper() {}

    /** The schema in the tree of a definition; null if it has none. */
    public static @Nullable RequestSchema of(JsonNode definition) {
        JsonNode schema = definition.at("/request/schema");
        if (schema.isMissingNode()) {
            return null;
        }
        List<ParameterSchema> properties = new ArrayList<>();
        schema.path("properties").forEachEntry((name, node) -> properties.add(property(name, node)));
        return new RequestSchema(
                properties,
                schema.path("required").valueStream().map(JsonNode::asString).toList());
    }

    private static ParameterSchema property(String name, JsonNode node) {
        return new ParameterSchema(
                name,
                ParameterSchema.Type.of(node.path("type").asString("string")),
                node.path("description").asString(""),
                node.path("enum").valueStream().map(JsonNode::asString).toList(),
                node.has("default") ? node.path("default").asString() : null,
                node.has("minimum") ? node.path("minimum").decimalValue() : null,
                node.has("maximum") ? node.path("maximum").decimalValue() : null,
                node.has("minLength") ? node.path("minLength").intValue() : null,
                node.has("maxLength") ? node.path("maxLength").intValue() : null,
                node.has("pattern") ? node.path("pattern").asString() : null);
    }
}
