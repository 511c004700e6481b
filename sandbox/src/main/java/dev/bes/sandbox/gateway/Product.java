package dev.bes.sandbox.gateway;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A product of the managed API, with the limits of its subscriptions.
 *
 * @param id the identifier in addresses
 * @param rate the rate limit, over a sliding window
 * @param quota the quota, over fixed windows
 */
public record Product(
        String id,
        String name,
        @Nullable Limit rate,
        @Nullable Limit quota) {

    /** 5 calls a minute and 100 a week: the product that the guide picks. */
    public static final Product STARTER =
            new Product("starter", "Starter", new Limit(5, Duration.ofMinutes(1)), new Limit(100, Duration.ofDays(7)));

    /** No limits. */
    public static final Product UNLIMITED = new Product("unlimited", "Unlimited", null, null);

    /** The products of the demo. */
    public static List<Product> demo() {
        return List.of(STARTER, UNLIMITED);
    }
}
