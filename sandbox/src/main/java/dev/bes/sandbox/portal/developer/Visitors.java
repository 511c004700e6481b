package dev.bes.sandbox.portal.developer;

import dev.bes.sandbox.managedapi.ManagedApi;
import dev.bes.sandbox.management.Administration;
import dev.bes.sandbox.management.Subscription;
import dev.bes.sandbox.management.Subscriptions;
import dev.bes.sandbox.management.User;
import dev.bes.sandbox.management.Users;
import java.util.List;
import java.util.Optional;

/**
 * Who tries a call, and with whose key. The portal has no sign-in: a visitor says which user he is.
 *
 * @param api the API whose operations are called
 */
record Visitors(ManagedApi api, Users users, Administration administration, Subscriptions subscriptions) {

    /** Whom a visitor may be. */
    List<User> all() {
        return users.all();
    }

    /** The user with an id; without one the owner of the subscriptions that a sandbox starts with. */
    String known(String id) {
        List<String> ids = all().stream().map(User::id).toList();
        return ids.stream()
                .filter(id::equalsIgnoreCase)
                .findFirst()
                .or(() -> ids.stream().filter(User.DEMO.id()::equals).findFirst())
                .orElseGet(ids::getFirst);
    }

    /**
     * The active subscriptions that a user may call with: the user's own, and those of no owner to products that the user
     * sees.
     */
    List<Subscription> subscriptions(String userId) {
        return subscriptions.all().stream().filter(it -> isFor(it, userId)).toList();
    }

    /** The one of them with a sid. */
    Optional<Subscription> subscription(String userId, String sid) {
        return subscriptions.withSid(sid).filter(it -> isFor(it, userId));
    }

    /** The sid of the first of them; empty if there is none. */
    String first(String userId) {
        return subscriptions(userId).stream().map(Subscription::sid).findFirst().orElse("");
    }

    private boolean isFor(Subscription subscription, String userId) {
        String owner = subscription.ownerId();
        return subscription.isActive()
                && subscription.covers(api)
                && (owner == null ? sees(userId, subscription) : owner.equalsIgnoreCase(userId));
    }

    private boolean sees(String userId, Subscription subscription) {
        return users.all().stream()
                .filter(user -> user.id().equalsIgnoreCase(userId))
                .anyMatch(user -> user.administrates()
                        || administration.products(user).stream()
                                .anyMatch(it -> subscription
                                        .productId()
                                        .filter(it.id()::equals)
                                        .isPresent()));
    }
}
