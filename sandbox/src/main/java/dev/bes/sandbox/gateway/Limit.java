package dev.bes.sandbox.gateway;

import java.time.Duration;

/** A number of calls per period. */
public record Limit(int calls, Duration period) {

    /** The same number of calls in a scaled period: 0.01 makes a minute 600 ms. */
    Limit scaled(double factor) {
        return new Limit(calls, Duration.ofNanos((long) (period.toNanos() * factor)));
    }
}
