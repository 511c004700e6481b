package dev.bes.orchestrator.web.document;

import dev.bes.orchestrator.web.problem.ProblemKind;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The schema of all problems: a type for each kind. */
final class ProblemSchema {
    private ProblemSchema() {}

    static ObjectNode of() {
        ObjectNode schema = (ObjectNode) JsonMapper.shared().readTree("""
                {"type": "object", "description": "A problem of RFC 9457", "required": ["status", "title"], "properties": {
                  "type": {"type": "string"},
                  "title": {"type": "string", "description": "what kind of problem it is"},
                  "status": {"type": "integer", "format": "int32"},
                  "detail": {"type": "string", "description": "what is wrong with this request"},
                  "instance": {"type": "string", "description": "the address of the request"}}}""");
        ArrayNode types = ((ObjectNode) schema.at("/properties/type")).putArray("enum");
        StringBuilder meaning = new StringBuilder("the kind of problem:");
        for (ProblemKind kind : ProblemKind.values()) {
            types.add("/docs/problems#" + kind.slug());
            meaning.append(" %s (%d): %s.".formatted(kind.slug(), kind.status().value(), kind.title()));
        }
        ((ObjectNode) schema.at("/properties/type")).put("description", meaning.toString());
        return schema;
    }
}
