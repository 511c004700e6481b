package dev.bes.sandbox.gateway;

import java.util.List;

/**
 * A caller's right to use a product; either of its two keys proves it. The keys of the demo subscriptions are fixed,
 * public and worth nothing.
 */
public record Subscription(String name, Product product, String primaryKey, String secondaryKey, State state) {

    /** The state of a subscription. Only an active one admits calls. */
    public enum State {
        /** In use. */
        ACTIVE,
        /** Blocked by an administrator. */
        SUSPENDED,
        /** Ended by its owner. */
        CANCELLED
    }

    /** One for each product, and one that is suspended. */
    public static List<Subscription> demo() {
        return List.of(
                demo("starter", Product.STARTER, 1, State.ACTIVE),
                demo("unlimited", Product.UNLIMITED, 2, State.ACTIVE),
                demo("suspended", Product.UNLIMITED, 3, State.SUSPENDED));
    }

    boolean has(String key) {
        return key.equals(primaryKey) || key.equals(secondaryKey);
    }

    /** The name only: the rest are secrets. */
    @Override
    public String toString() {
        return "Subscription[" + name + "]";
    }

    private static Subscription demo(String name, Product product, int number, State state) {
        return new Subscription(name, product, demoKey(number, 1), demoKey(number, 2), state);
    }

    private static String demoKey(int number, int key) {
        return "d000000000000000000000000000%02d%02d".formatted(number, key);
    }
}
