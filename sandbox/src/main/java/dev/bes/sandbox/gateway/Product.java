package dev.bes.sandbox.gateway;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A product of the managed API, with the limits of its subscriptions.
 *
 * @param rate the rate limit, over a sliding window
 * @param quota the quota, over fixed windows
 */
public record Product(
        String name, @Nullable Limit rate, @Nullable Limit quota) {

    /** 5 calls a minute and 100 a week: the product that the guide picks. */
    public static final Product STARTER =
            new Product("Starter", new Limit(5, Duration.ofMinutes(1)), new Limit(100, Duration.ofDays(7)));

    /** No limits. */
    public static final Product UNLIMITED = new Product("Unlimited", null, null);
}
