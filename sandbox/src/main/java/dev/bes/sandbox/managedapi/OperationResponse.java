package dev.bes.sandbox.managedapi;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One response of an operation.
 *
 * @param status the HTTP status, or {@code default}
 * @param headers the descriptions of its headers, by name
 * @param body null when it has none
 */
public record OperationResponse(
        String status,
        String description,
        Map<String, String> headers,
        @Nullable MessageBody body) {}
