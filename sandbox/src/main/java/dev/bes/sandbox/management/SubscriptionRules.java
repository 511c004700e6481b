package dev.bes.sandbox.management;

import dev.bes.sandbox.managedapi.ManagedApi;
import dev.bes.sandbox.managedapi.Product;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
     * Lets a subscription pass that may be added or changed. The owner's right is checked when the subscription begins to count:
     * when it is new, begins anew, or changes its owner or scope.
     *
     * @throws ManagementError when a field refers to nothing, or a rule is broken
     */
    void check(Subscription subscription, ManagementState state) {
        Optional<User> owner = owner(subscription, state);
        Optional<Product> product = product(subscription);
        Subscription known = state.subscriptions().get(subscription.sid());
        if (known == null && state.subscriptions().size() >= MOST_SUBSCRIPTIONS) {
            throw ManagementError.refused(
                    "The sandbox keeps at most " + MOST_SUBSCRIPTIONS + " subscriptions. Delete one.");
        }
        if (owner.isPresent() && product.isPresent() && counts(subscription, known)) {
            checkGroups(product.get(), owner.get());
            checkLimit(subscription, product.get(), state);
        }
    }

    private static boolean counts(Subscription subscription, @Nullable Subscription known) {
        boolean same = known != null
                && !known.state().ended()
                && known.scope().equals(subscription.scope())
                && Objects.equals(known.ownerId(), subscription.ownerId());
        return !same && !subscription.state().ended();
    }

    private void checkGroups(Product product, User owner) {
        if (!visibleTo(owner).contains(product)) {
            throw ManagementError.invalid(
                    "ownerId",
                    "User %s is in none of the groups of product %s: %s."
                            .formatted(owner.id(), product.id(), String.join(", ", product.groups())));
        }
    }

    private static void checkLimit(Subscription subscription, Product product, ManagementState state) {
        Integer limit = product.subscriptionsLimit();
        if (limit != null && others(subscription, state) >= limit) {
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
        if (id.isEmpty() && !subscription.covers(api)) {
            throw ManagementError.invalid("scope", "API not found.");
        }
        return product;
    }
}
