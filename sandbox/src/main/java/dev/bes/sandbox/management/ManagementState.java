package dev.bes.sandbox.management;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * One picture of users and subscriptions; it never changes. Sids, ids, email addresses and keys are unique, and every
 * owner is one of the users.
 *
 * @param users by id, whose case does not matter
 * @param subscriptions by sid, whose case does not matter
 * @param byKey subscriptions by their keys
 * @param removed sids of deleted subscriptions: the next start does not bring them back
 */
record ManagementState(
        Map<String, User> users,
        Map<String, Subscription> subscriptions,
        Map<String, Subscription> byKey,
        Set<String> removed) {

    /** A state without users and subscriptions. */
    static final ManagementState EMPTY = new ManagementState(Map.of(), Map.of(), Map.of(), Set.of())
            .withUsers(users -> {})
            .withSubscriptions(subscriptions -> {});

    /** @throws IllegalArgumentException when the email address is that of another user */
    ManagementState with(User user) {
        for (User other : users.values()) {
            if (other.email().equalsIgnoreCase(user.email()) && !other.id().equalsIgnoreCase(user.id())) {
                throw new IllegalArgumentException("Another user has the email address " + user.email());
            }
        }
        return withUsers(all -> all.put(user.id(), user));
    }

    /** @throws IllegalArgumentException when the owner is unknown, or another subscription has one of the keys */
    ManagementState with(Subscription subscription) {
        String owner = subscription.ownerId();
        if (owner != null && !users.containsKey(owner)) {
            throw new IllegalArgumentException("There is no user " + owner);
        }
        for (String key : subscription.keys()) {
            Subscription other = byKey.get(key);
            if (other != null && !other.sid().equalsIgnoreCase(subscription.sid())) {
                throw new IllegalArgumentException("Another subscription has one of the keys");
            }
        }
        return withSubscriptions(all -> all.put(subscription.sid(), subscription));
    }

    /** Without a user and the user's subscriptions. */
    ManagementState withoutUser(String id) {
        ManagementState others = this;
        for (Subscription owned : ownedBy(id)) {
            others = others.withoutSubscription(owned.sid());
        }
        return others.withUsers(all -> all.remove(id));
    }

    ManagementState withoutSubscription(String sid) {
        return withSubscriptions(all -> all.remove(sid)).withRemoved(sid);
    }

    ManagementState withRemoved(String sid) {
        Set<String> more = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        more.addAll(removed);
        more.add(sid);
        return new ManagementState(users, subscriptions, byKey, more);
    }

    /** The subscriptions of one user. */
    List<Subscription> ownedBy(String userId) {
        return subscriptions.values().stream()
                .filter(it -> userId.equalsIgnoreCase(it.ownerId()))
                .toList();
    }

    private ManagementState withUsers(Consumer<Map<String, User>> change) {
        Map<String, User> changed = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        changed.putAll(users);
        change.accept(changed);
        return new ManagementState(changed, subscriptions, byKey, removed);
    }

    private ManagementState withSubscriptions(Consumer<Map<String, Subscription>> change) {
        Map<String, Subscription> changed = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        changed.putAll(subscriptions);
        change.accept(changed);
        Map<String, Subscription> keys = new HashMap<>();
        changed.values().forEach(each -> each.keys().forEach(key -> keys.put(key, each)));
        return new ManagementState(users, changed, keys, removed);
    }
}
