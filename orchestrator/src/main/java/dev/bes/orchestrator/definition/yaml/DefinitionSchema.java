package dev.bes.orchestrator.definition.yaml;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.NonValidationKeyword;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Checks the shape of a definition by the same JSON Schema that editors use. */
public final class DefinitionSchema {

    private static final String RESOURCE = "/job-definitions/definition.schema.json";

    private final JsonNode tree;
    private final Schema schema;

    private DefinitionSchema(JsonNode tree) {
        this.tree = tree;
        // an editor shows patternErrorMessage in place of the pattern, and so do we
        Dialect dialect = Dialect.builder(Dialects.getDraft202012())
                .keyword(new NonValidationKeyword("patternErrorMessage"))
                .build();
        this.schema = SchemaRegistry.withDefaultDialect(dialect).getSchema(tree);
    }

    /** The schema shipped. */
    public static DefinitionSchema shipped() {
        try (InputStream in = Objects.requireNonNull(DefinitionSchema.class.getResourceAsStream(RESOURCE), RESOURCE)) {
            return new DefinitionSchema(JsonMapper.shared().readTree(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public JsonNode tree() {
        return tree;
    }

    /** Reports each violation, but not what follows from another: a misspelt key is not also a missing one. */
    public void check(Document document, Diagnostics diagnostics) {
        List<SchemaViolation> mistakes = schema.validate(document.root()).stream()
                .map(error -> mistake(error, document))
                .toList();
        Set<JsonPointer> meant = new HashSet<>();
        mistakes.forEach(mistake -> mistake.meant().ifPresent(meant::add));
        for (SchemaViolation mistake : mistakes) {
            boolean follows = diagnostics.blames(mistake.container())
                    || diagnostics.blames(mistake.subject())
                    || (mistake.isMissingKey() && meant.contains(mistake.subject()));
            if (!follows) {
                mistake.report(document, diagnostics);
            }
        }
        mistakes.forEach(mistake -> diagnostics.blame(mistake.subject()));
        meant.forEach(diagnostics::blame);
    }

    private SchemaViolation mistake(Error error, Document document) {
        JsonPointer container = JsonPointer.compile(error.getInstanceLocation().toString());
        JsonPointer rule =
                JsonPointer.compile(error.getSchemaLocation().getFragment().toString());
        boolean aboutName = "propertyNames".equals(error.getKeyword());
        JsonNode rules = aboutName ? followed(tree.at(rule)) : tree.at(rule.head());
        return new SchemaViolation(error, container, document.root().at(container), document.source(container), rules);
    }

    private JsonNode followed(JsonNode rules) {
        String reference = rules.path("$ref").asString("#");
        return tree.at(JsonPointer.compile(reference.substring(1)));
    }
}
