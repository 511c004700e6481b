package dev.bes.sandbox.managedapi;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A product: what callers subscribe to.
 *
 * @param id the name of its resource
 * @param subscriptionRequired whether a call needs a key of one of its subscriptions; without it the product is open
 * @param approvalRequired whether an administrator approves each subscription
 * @param subscriptionsLimit the number of subscriptions that one user may have; null for any number
 * @param published whether developers see it
 * @param groups the names of the groups whose users see it and may subscribe to it
 */
public record Product(
        String id,
        String displayName,
        String description,
        boolean subscriptionRequired,
        boolean approvalRequired,
        @Nullable Integer subscriptionsLimit,
        boolean published,
        List<String> groups,
        PolicyDocument policies) {}
