package dev.bes.sandbox.management;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a request wants of a subscription; null leaves a field as it is. Sources: {@code SubscriptionCreateParameters} and
 * {@code SubscriptionUpdateParameters} of API Management's REST API.
 *
 * @param scope {@code /products/{id}}, {@code /apis/{id}} or {@code /apis}
 * @param ownerId the user's id
 * @param expires for audit only
 */
public record SubscriptionChange(
        @Nullable String displayName,
        @Nullable String scope,
        @Nullable String ownerId,
        @Nullable String primaryKey,
        @Nullable String secondaryKey,
        Subscription.@Nullable State state,
        @Nullable Instant expires,
        @Nullable String stateComment) {

    /** No change. */
    static final SubscriptionChange NONE = new SubscriptionChange(null, null, null, null, null, null, null, null);

    /** Only another state. */
    public static SubscriptionChange toState(Subscription.State state) {
        return new SubscriptionChange(null, null, null, null, null, state, null, null);
    }

    SubscriptionChange withOwner(String userId) {
        return new SubscriptionChange(
                displayName, scope, userId, primaryKey, secondaryKey, state, expires, stateComment);
    }

    SubscriptionChange withPrimaryKey(String key) {
        return new SubscriptionChange(displayName, scope, ownerId, key, secondaryKey, state, expires, stateComment);
    }

    SubscriptionChange withSecondaryKey(String key) {
        return new SubscriptionChange(displayName, scope, ownerId, primaryKey, key, state, expires, stateComment);
    }
}
