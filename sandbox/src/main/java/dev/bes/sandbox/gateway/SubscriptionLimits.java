package dev.bes.sandbox.gateway;

import dev.bes.sandbox.http.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The limits of one subscription; a call refused by the rate limit does not count against the quota. */
final class SubscriptionLimits {

    private final Instant since;
    private final @Nullable RateWindow rate;
    private final @Nullable QuotaWindow quota;

    SubscriptionLimits(Product product, double periodScale, Instant since) {
        this.since = since;
        Limit perMinute = product.rate();
        Limit perWeek = product.quota();
        rate = perMinute == null ? null : new RateWindow(perMinute.scaled(periodScale));
        quota = perWeek == null ? null : new QuotaWindow(perWeek.scaled(periodScale), since);
    }

    /** When the subscription started. */
    Instant since() {
        return since;
    }

    /** The refusal of a call made now; empty when it may pass. */
    synchronized Optional<Reply> refusal(Instant now) {
        Duration tooFast = rate == null ? Duration.ZERO : rate.take(now);
        if (!tooFast.isZero()) {
            return Optional.of(Refusals.rateLimit(tooFast));
        }
        Duration usedUp = quota == null ? Duration.ZERO : quota.take(now);
        return usedUp.isZero() ? Optional.empty() : Optional.of(Refusals.quota(usedUp));
    }
}
