package dev.bes.sandbox.managedapi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The OpenAPI document by readers that are not ours. */
class OpenApiDocumentTests {
    private static final String DOCUMENT = document();
    private static final JsonNode TREE = JsonMapper.shared().valueToTree(new Yaml().load(DOCUMENT));
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(Dialects.getOpenApi30());

    private static String document() {
        try (InputStream in =
                Objects.requireNonNull(OpenApiDocumentTests.class.getResourceAsStream("/managed-api/openapi.yaml"))) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void isValidForAPublicParser() {
        SwaggerParseResult result = new OpenAPIV3Parser().readContents(DOCUMENT);

        assertThat(result.getMessages()).isEmpty();
        assertThat(result.getOpenAPI().getPaths()).hasSize(5);
    }

    @TestFactory
    Stream<DynamicTest> hasExamplesThatFitTheirSchemas() {
        Map<String, JsonNode> bodies = new LinkedHashMap<>();
        collect("", TREE.path("paths"), bodies);
        assertThat(bodies).hasSizeGreaterThan(20);
        return bodies.entrySet().stream()
                .map(body -> DynamicTest.dynamicTest(body.getKey(), () -> assertFits(body.getValue())));
    }

    private static void collect(String path, JsonNode node, Map<String, JsonNode> found) {
        if (node.has("schema") && node.has("example")) {
            found.put(path, node);
        } else {
            node.properties().forEach(each -> collect(path + "/" + each.getKey(), each.getValue(), found));
            for (int i = 0; node.isArray() && i < node.size(); i++) {
                collect(path + "/" + i, node.get(i), found);
            }
        }
    }

    private static void assertFits(JsonNode body) {
        // references lead to the components of the document, so these come along
        ObjectNode schema = JsonMapper.shared().createObjectNode();
        schema.putArray("allOf").add(body.get("schema"));
        schema.set("components", TREE.get("components"));
        Schema compiled = SCHEMAS.getSchema(schema);

        assertThat(compiled.validate(body.get("example"))).isEmpty();
    }
}
