package dev.bes.sandbox.management;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** The subscriptions of the managed API. The gateway asks on each call, so a change counts from the next call on. */
public final class Subscriptions {

    private final ManagementStore store;

    /** The subscriptions of a store. */
    public Subscriptions(ManagementStore store) {
        this.store = store;
    }

    /**
     * Subscriptions that are kept in memory only.
     *
     * @throws IllegalArgumentException when two have a key in common
     */
    public static Subscriptions of(List<Subscription> given, InstantSource clock) {
        return new Subscriptions(ManagementStore.inMemory(given, clock));
    }

    /** The subscription that a key, primary or secondary, belongs to, in whatever state it is. */
    public Optional<Subscription> withKey(String key) {
        return Optional.ofNullable(store.state().byKey().get(key));
    }

    /** The subscription with a sid; its case does not matter. */
    public Optional<Subscription> withSid(String sid) {
        return Optional.ofNullable(store.state().subscriptions().get(sid));
    }

    /** All subscriptions, by sid. */
    public List<Subscription> all() {
        return List.copyOf(store.state().subscriptions().values());
    }

    /** The subscriptions of a user, by sid. */
    public List<Subscription> ownedBy(String userId) {
        return store.state().ownedBy(userId);
    }
}
