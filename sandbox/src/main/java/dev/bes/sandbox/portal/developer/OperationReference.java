package dev.bes.sandbox.portal.developer;

import dev.bes.sandbox.managedapi.MessageBody;
import dev.bes.sandbox.managedapi.Operation;
import dev.bes.sandbox.managedapi.OperationResponse;
import dev.bes.sandbox.portal.Pages;
import dev.bes.sandbox.portal.PrettyJson;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A response of an operation as its page shows it.
 *
 * @param rows the schema of its body; empty for none
 * @param example an example of its body; empty for none
 */
public record OperationReference(OperationResponse response, List<SchemaRow> rows, String example) {

    /** The part of the page that describes the bodies of an operation. */
    static Pages.Markup of(Operation operation, Pages pages) {
        return pages.part(
                "operation-reference",
                "reference",
                Map.of(
                        "operation", operation,
                        "requestRows", SchemaRow.of(schema(operation.request())),
                        "responses",
                                operation.responses().stream()
                                        .map(OperationReference::of)
                                        .toList()));
    }

    private static OperationReference of(OperationResponse response) {
        JsonNode example = response.body() == null ? null : response.body().example();
        return new OperationReference(
                response, SchemaRow.of(schema(response.body())), example == null ? "" : PrettyJson.of(example));
    }

    private static @Nullable JsonNode schema(@Nullable MessageBody body) {
        return body == null ? null : body.schema();
    }
}
