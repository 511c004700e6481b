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

/** Validates a definition against the JSON Schema that editors use, too. */
public final class DefinitionSchema {

    private static final String RESOURCE = "/job-definitions/definition.schema.json";

    private final JsonNode tree;
    private final Schema schema;

    private DefinitionSchema(JsonNode tree) {
        this.tree = tree;
        // patternErrorMessage replaces the pattern in messages, as in editors
        Dialect dialect = Dialect.builder(Dialects.getDraft202012())
                .keyword(new NonValidationKeyword("patternErrorMessage"))
                .build();
        this.schema = SchemaRegistry.withDefaultDialect(dialect).getSchema(tree);
    }

    /** Loads the shipped schema. */
    public static DefinitionSchema shipped() {
        try (InputStream in = Objects.requireNonNull(DefinitionSchema.class.getResourceAsStream(RESOURCE), RESOURCE)) {
            return new DefinitionSchema(JsonMapper.shared().readTree(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The schema as a tree. */
    public JsonNode tree() {
        return tree;
    }

    /** Reports each violation, but no consequence of another: a misspelt key is not reported as missing, too. */
    public void check(Document document, Diagnostics diagnostics) {
        List<SchemaViolation> violations = schema.validate(document.root()).stream()
                .map(error -> violation(error, document))
                .toList();
        Set<JsonPointer> intended = new HashSet<>();
        violations.forEach(violation -> violation.intendedKey().ifPresent(intended::add));
        for (SchemaViolation violation : violations) {
            boolean isConsequence = diagnostics.isInvalid(violation.container())
                    || diagnostics.isInvalid(violation.subject())
                    || (violation.isMissingKey() && intended.contains(violation.subject()));
            if (!isConsequence) {
                violation.report(document, diagnostics);
            }
        }
        violations.forEach(violation -> diagnostics.markInvalid(violation.subject()));
        intended.forEach(diagnostics::markInvalid);
    }

    private SchemaViolation violation(Error error, Document document) {
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
