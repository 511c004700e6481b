package dev.bes.sandbox.analytics;

import org.jspecify.annotations.Nullable;

/**
 * What calls are counted by. A value is null when a call has none: no operation matches, or no known key was sent.
 *
 * @param apiId the id of the API
 * @param operationId the id of the operation
 * @param productId the id of the product
 * @param sid the id of the subscription
 * @param userId the id of the subscription's owner
 */
public record Series(
        @Nullable String apiId,
        @Nullable String operationId,
        @Nullable String productId,
        @Nullable String sid,
        @Nullable String userId) {}
