package dev.bes.sandbox.managedapi;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The body of a request or a response.
 *
 * @param contentType its media type
 * @param schemaName the name of its schema below {@code components/schemas}; null when it is written in place
 * @param schema its JSON schema, with all references resolved
 * @param example an example; null when the document gives none
 */
public record MessageBody(
        String contentType,
        @Nullable String schemaName,
        JsonNode schema,
        @Nullable JsonNode example) {}
