package dev.bes.sandbox.gateway.policy;

import dev.bes.sandbox.managedapi.Policy;
import dev.bes.sandbox.managedapi.Policy.CounterKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Runs {@code rate-limit-by-key}: one value of the key has one count at all scopes. Source: policy reference. */
final class KeyLimitStep implements Step {

    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final Policy.RateLimitByKey policy;
    private final Counters counters;
    private final Duration period;
    private final Duration longest;
    private final long calls;

    KeyLimitStep(Policy.RateLimitByKey policy, Counters counters, UnaryOperator<Duration> scale) {
        this.policy = policy;
        this.counters = counters;
        this.period = scale.apply(policy.limit().period());
        this.longest = scale.apply(LONGEST);
        this.calls = Objects.requireNonNull(policy.limit().calls());
    }

    @Override
    public Optional<Refusal> run(GatewayCall call) {
        RateWindow window = counters.rate("key " + key(call), longest, call.time());
        synchronized (window) {
            Instant now = call.time();
            Duration wait = window.untilFewer(now, period, calls);
            if (wait.isZero()) {
                window.add(now, policy.increment());
            }
            call.limitHeaders(policy.headers(), calls, Math.max(0, calls - window.used(now, period)));
            return wait.isZero()
                    ? Optional.empty()
                    : Optional.of(Refusals.rateLimit(
                            "rate-limit-by-key", policy.headers().retryAfter(), wait));
        }
    }

    /** A call without a subscription has an empty id. */
    private String key(GatewayCall call) {
        return switch (policy.key()) {
            case CounterKey.SubscriptionId _ -> call.counterKey().orElse("");
            case CounterKey.IpAddress _ -> call.ipAddress().getHostAddress();
            case CounterKey.Constant constant -> constant.text();
        };
    }
}
