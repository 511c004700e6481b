package dev.bes.sandbox.batchendpoints;

import dev.bes.sandbox.http.Handler;
import dev.bes.sandbox.http.Reply;
import dev.bes.sandbox.http.Request;
import dev.bes.sandbox.management.ManagementError;
import dev.bes.sandbox.management.rest.ArmJson;
import dev.bes.sandbox.settings.ArmLimits;
import dev.bes.sandbox.settings.RuntimeSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Lets calls through as long as there are tokens in their bucket; the others are answered 429 with {@code Retry-After}. Source:
 * "request limits and throttling" of Azure Resource Manager. The sandbox has one principal, so it has one bucket of each kind.
 */
final class ArmThrottle implements Handler {

    private final Handler next;
    private final RuntimeSettings settings;
    private final InstantSource clock;
    private @Nullable ArmLimits known;
    private Bucket reads = new Bucket(1, 1);
    private Bucket writes = new Bucket(1, 1);

    ArmThrottle(Handler next, RuntimeSettings settings, InstantSource clock) {
        this.next = next;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public Reply handle(Request request) {
        boolean read = request.method().equals("GET") || request.method().equals("HEAD");
        String header = "x-ms-ratelimit-remaining-subscription-" + (read ? "reads" : "writes");
        Bucket bucket = bucket(read);
        OptionalLong wait = bucket.take(clock.instant());
        if (wait.isPresent()) {
            return ArmJson.error(new ManagementError(
                            429,
                            "TooManyRequests",
                            "The request is being throttled: the limit of calls to Azure Resource Manager is reached.",
                            List.of()))
                    .with("Retry-After", String.valueOf(wait.getAsLong()));
        }
        Reply reply = next.handle(request);
        return reply.isLost() ? reply : reply.with(header, String.valueOf(bucket.left()));
    }

    private synchronized Bucket bucket(boolean read) {
        ArmLimits limits = settings.batchEndpoints().armLimits();
        if (!limits.equals(known)) {
            known = limits;
            reads = new Bucket(limits.reads(), limits.readsPerSecond());
            writes = new Bucket(limits.writes(), limits.writesPerSecond());
        }
        return read ? reads : writes;
    }

    /** A bucket of tokens that is full at first. */
    private static final class Bucket {
        private final int size;
        private final double perSecond;
        private double tokens;
        private @Nullable Instant filled;

        Bucket(int size, double perSecond) {
            this.size = size;
            this.perSecond = perSecond;
            this.tokens = size;
        }

        /** Takes a token; without one, the seconds until there is one. */
        synchronized OptionalLong take(Instant now) {
            if (filled != null && now.isAfter(filled)) {
                double seconds = Duration.between(filled, now).toNanos() / 1e9;
                tokens = Math.min(size, tokens + seconds * perSecond);
            }
            filled = now;
            if (tokens >= 1) {
                tokens--;
                return OptionalLong.empty();
            }
            return OptionalLong.of((long) Math.ceil((1 - tokens) / perSecond));
        }

        synchronized long left() {
            return (long) tokens;
        }
    }
}
