package dev.bes.orchestrator.definition.yaml;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonPointer;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLParser;

/**
 * Reads one YAML text into a {@link Document}.
 *
 * <p>It reads tokens, because a tree read by Jackson loses the locations of the keys, stops at the first duplicate key and
 * reads an alias as text. Aliases are refused, so that a small file cannot expand into a large tree.
 */
public final class DocumentReader {

    private static final int MAX_DEPTH = 12;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final YAMLFactory YAML = YAMLFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .build();

    private final YAMLParser parser;
    private final Diagnostics diagnostics;
    private final Map<JsonPointer, SourceLocation> keys = new HashMap<>();
    private final Map<JsonPointer, SourceLocation> values = new HashMap<>();
    private final Map<JsonPointer, String> sources = new HashMap<>();

    private DocumentReader(YAMLParser parser, Diagnostics diagnostics) {
        this.parser = parser;
        this.diagnostics = diagnostics;
    }

    /** Reads the text; empty when it has no usable tree. The diagnostics contain the reason. */
    public static Optional<Document> read(String text, Diagnostics diagnostics) {
        try (YAMLParser parser = (YAMLParser) YAML.createParser(ObjectReadContext.empty(), text)) {
            DocumentReader reader = new DocumentReader(parser, diagnostics);
            try {
                return reader.document();
            } catch (JacksonException e) {
                reader.report(e);
                return Optional.empty();
            }
        }
    }

    private void report(JacksonException e) {
        if (e.getCause() instanceof MarkedYamlEngineException marked) {
            SourceLocation sourceLocation =
                    marked.getProblemMark().map(SourceLocation::of).orElse(SourceLocation.START);
            diagnostics.add(
                    sourceLocation, "not valid YAML: " + marked.getProblem().strip(), null);
        } else if (e instanceof StreamConstraintsException) {
            boolean deep = parser.streamReadContext().getNestingDepth() >= MAX_DEPTH;
            diagnostics.add(location(), deep ? "nested too deeply" : "a name, text or number is too long", null);
        } else {
            diagnostics.add(location(), "not valid YAML: " + e.getOriginalMessage(), null);
        }
    }

    private Optional<Document> document() {
        if (parser.nextToken() == null) {
            diagnostics.add("the file is empty", null);
            return Optional.empty();
        }
        keys.put(JsonPointer.empty(), location());
        JsonNode root = value(JsonPointer.empty());
        if (parser.nextToken() != null) {
            diagnostics.add(location(), "a second document starts here", "write one job per file");
        }
        return Optional.of(new Document(root, keys, values, sources));
    }

    private JsonNode value(JsonPointer at) {
        values.put(at, location());
        refuseAliasesAndTags(at);
        keepSource(at);
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(at);
            case START_ARRAY -> array(at);
            case VALUE_NUMBER_INT -> NODES.numberNode(parser.getBigIntegerValue());
            case VALUE_NUMBER_FLOAT -> decimal();
            case VALUE_TRUE, VALUE_FALSE -> NODES.booleanNode(parser.currentToken() == JsonToken.VALUE_TRUE);
            case VALUE_NULL -> NODES.nullNode();
            default -> NODES.stringNode(parser.getString());
        };
    }

    /** Messages quote what the author wrote, not what YAML reads. */
    private void keepSource(JsonPointer at) {
        if (parser.currentToken().isScalarValue() && parser.currentToken() != JsonToken.VALUE_STRING) {
            sources.put(at, parser.getString());
        }
    }

    private JsonNode decimal() {
        double number;
        try {
            number = parser.getDoubleValue();
        } catch (JacksonException _) {
            // infinity, as YAML writes it
            number = Double.POSITIVE_INFINITY;
        }
        return LargeNumber.node(number);
    }

    private ObjectNode object(JsonPointer at) {
        ObjectNode object = NODES.objectNode();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            JsonPointer pointer = at.appendProperty(key);
            SourceLocation sourceLocation = location();
            SourceLocation first = keys.putIfAbsent(pointer, sourceLocation);
            if (first == null) {
                parser.nextToken();
                object.set(key, value(pointer));
            } else {
                diagnostics.add(sourceLocation, "duplicate key '" + key + "'", "first in line " + first.line());
                parser.nextToken();
                parser.skipChildren();
            }
        }
        return object;
    }

    private ArrayNode array(JsonPointer at) {
        ArrayNode array = NODES.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            JsonPointer pointer = at.appendIndex(array.size());
            keys.put(pointer, location());
            array.add(value(pointer));
        }
        return array;
    }

    private void refuseAliasesAndTags(JsonPointer at) {
        if (parser.isCurrentAlias()) {
            diagnostics.add(location(), "aliases are not supported", "write the value out");
            diagnostics.markInvalid(at);
        } else if (parser.getTypeId() != null) {
            diagnostics.add(location(), "tags are not supported", "write the plain value");
            diagnostics.markInvalid(at);
        }
    }

    private SourceLocation location() {
        return SourceLocation.of(parser.currentTokenLocation());
    }
}
