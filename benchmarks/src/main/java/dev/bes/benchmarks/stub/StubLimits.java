package dev.bes.benchmarks.stub;

import dev.bes.sandbox.managedapi.ManagedApi;
import dev.bes.sandbox.managedapi.read.Documents;
import dev.bes.sandbox.managedapi.read.ManagedApiReader;
import dev.bes.sandbox.management.Subscription;
import java.time.Duration;

/**
 * A product of the managed API, with days that are shorter than ours.
 *
 * @param rate calls in a minute
 * @param quota calls in a day
 * @param day how long a day takes
 */
public record StubLimits(int rate, int quota, Duration day) {

    static final String KEY = "ba5eba11ba5eba11ba5eba11ba5eba11";

    private static final Duration REAL_DAY = Duration.ofDays(1);
    private static final Duration REAL_MINUTE = Duration.ofMinutes(1);

    double scale() {
        return (double) day.toNanos() / REAL_DAY.toNanos();
    }

    /** The sandbox's managed API, with these limits for the product Starter. */
    ManagedApi definition() {
        String policies = """
                <policies>
                    <inbound>
                        <base />
                        <rate-limit calls="%d" renewal-period="60" />
                        <quota calls="%d" renewal-period="86400" />
                    </inbound>
                </policies>
                """.formatted(rate, quota);
        return ManagedApiReader.read(Documents.bundled().with("policies/products/starter.xml", policies));
    }

    Subscription subscription() {
        return Subscription.toProduct("benchmark", "starter", KEY, KEY, Subscription.State.ACTIVE);
    }

    /** As the orchestrator is told of the rate limit. */
    String rateLimit() {
        long minute = Math.ceilDiv(day.toNanos() / (REAL_DAY.toNanos() / REAL_MINUTE.toNanos()), 1_000_000);
        return rate + "/" + minute + "ms";
    }

    /** As the orchestrator is told of the quota. */
    String quotaLimit() {
        return quota + "/" + day.toMillis() + "ms";
    }
}
