package dev.bes.sandbox.management;

import dev.bes.sandbox.gateway.definition.ManagedApi;
import dev.bes.sandbox.gateway.definition.Product;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Who may subscribe to what. Source: API Management, products and groups; that an administrator's request for another
 * user obeys the groups too is inferred.
 */
final class SubscriptionRules {

    /** The greatest number of subscriptions, so that the state stays small. */
    static final int MOST_SUBSCRIPTIONS = 1000;

    private final ManagedApi api;

    SubscriptionRules(ManagedApi api) {
        this.api = api;
    }

    /** The products that a user sees: published, and shared with one of the user's groups. */
    List<Product> visibleTo(User user) {
        return api.products().stream()
                .filter(product -> user.administrates()
                        || (product.published() && !Collections.disjoint(product.groups(), user.groups())))
                .toList();
    }

    /**
     * Lets a subscription pass that may be added or changed.
     *
     * @throws ManagementError when a field refers to nothing, or a rule is broken
     */
    void check(Subscription subscription, ManagementState state) {
        Optional<User> owner = owner(subscription, state);
        Optional<Product> product = product(subscription);
        if (owner.isPresent() && product.isPresent()) {
            check(subscription, product.get(), owner.get(), state);
        }
        boolean isNew = !state.subscriptions().containsKey(subscription.sid());
        if (isNew && state.subscriptions().size() >= MOST_SUBSCRIPTIONS) {
            throw ManagementError.refused(
                    "The sandbox keeps at most " + MOST_SUBSCRIPTIONS + " subscriptions. Delete one.");
        }
    }

    private void check(Subscription subscription, Product product, User owner, ManagementState state) {
        if (visibleTo(owner).stream().noneMatch(it -> it.id().equals(product.id()))) {
            throw ManagementError.invalid(
                    "ownerId",
                    "User %s is in none of the groups of product %s: %s."
                            .formatted(owner.id(), product.id(), String.join(", ", product.groups())));
        }
        Integer limit = product.subscriptionsLimit();
        if (limit != null && !subscription.state().ended() && others(subscription, state) >= limit) {
            throw ManagementError.refused("Subscriptions limit reached for same user");
        }
    }

    /** The owner's other subscriptions to the product that have not ended. */
    private static long others(Subscription subscription, ManagementState state) {
        return state.ownedBy(String.valueOf(subscription.ownerId())).stream()
                .filter(it -> it.scope().equals(subscription.scope()))
                .filter(it -> !it.sid().equalsIgnoreCase(subscription.sid()))
                .filter(it -> !it.state().ended())
                .count();
    }

    private static Optional<User> owner(Subscription subscription, ManagementState state) {
        String ownerId = subscription.ownerId();
        if (ownerId == null) {
            return Optional.empty();
        }
        User owner = state.users().get(ownerId);
        if (owner == null) {
            throw ManagementError.invalid("ownerId", "User not found.");
        }
        return Optional.of(owner);
    }

    private Optional<Product> product(Subscription subscription) {
        Optional<String> id = subscription.productId();
        Optional<Product> product = id.flatMap(api::product);
        if (id.isPresent() && product.isEmpty()) {
            throw ManagementError.invalid("scope", "Product not found.");
        }
        if (id.isEmpty()
                && !subscription.scope().equals("/apis")
                && !subscription.scope().equals("/apis/" + api.id())) {
            throw ManagementError.invalid("scope", "API not found.");
        }
        return product;
    }
}
