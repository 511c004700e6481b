package dev.bes.sandbox.management;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The subscriptions of the managed API. The gateway asks on each call, so a change counts from the next call on. */
public final class Subscriptions {

    private final InstantSource clock;
    private volatile Content content = Content.of(Map.of());

    private Subscriptions(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Creates a store with these subscriptions.
     *
     * @throws IllegalArgumentException when two have a sid or a key in common
     */
    public static Subscriptions of(List<Subscription> given, InstantSource clock) {
        Subscriptions subscriptions = new Subscriptions(clock);
        given.forEach(subscriptions::add);
        return subscriptions;
    }

    /** The subscription that a key, primary or secondary, belongs to, in whatever state it is. */
    public Optional<Subscription> withKey(String key) {
        return Optional.ofNullable(content.byKey.get(key));
    }

    /** The subscription with a sid; its case does not matter. */
    public Optional<Subscription> withSid(String sid) {
        return Optional.ofNullable(content.bySid.get(sid));
    }

    /** All subscriptions, by sid. */
    public List<Subscription> all() {
        return List.copyOf(content.bySid.values());
    }

    /**
     * Adds a subscription. It is created now; unless it waits for approval, it starts now.
     *
     * @throws IllegalArgumentException when one with this sid or one of its keys exists
     */
    public synchronized void add(Subscription subscription) {
        if (content.bySid.containsKey(subscription.sid())) {
            throw new IllegalArgumentException("There are two subscriptions " + subscription.sid());
        }
        Map<String, Subscription> bySid = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        bySid.putAll(content.bySid);
        bySid.put(subscription.sid(), subscription.createdAt(clock.instant()));
        content = Content.of(bySid);
    }

    /** One picture of all subscriptions; it never changes. */
    private record Content(Map<String, Subscription> bySid, Map<String, Subscription> byKey) {

        static Content of(Map<String, Subscription> bySid) {
            Map<String, Subscription> byKey = new HashMap<>();
            for (Subscription subscription : bySid.values()) {
                for (String key : subscription.keys()) {
                    if (byKey.put(key, subscription) != null) {
                        throw new IllegalArgumentException(
                                "Subscription " + subscription.sid() + " has a key of another subscription");
                    }
                }
            }
            return new Content(bySid, byKey);
        }
    }
}
