package dev.bes.sandbox.gateway.policy;

import dev.bes.sandbox.managedapi.Policy;
import dev.bes.sandbox.managedapi.Policy.CallLimit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Runs {@code rate-limit}. A call without a subscription key is not limited. Source: policy reference. */
final class RateLimitStep implements Step {

    private final Policy.RateLimit policy;
    private final String id;
    private final Counters counters;
    private final UnaryOperator<Duration> scale;

    RateLimitStep(Policy.RateLimit policy, String id, Counters counters, UnaryOperator<Duration> scale) {
        this.policy = policy;
        this.id = id;
        this.counters = counters;
        this.scale = scale;
    }

    private record Counted(RateWindow window, Duration period, long calls) {}

    @Override
    public Optional<Refusal> run(GatewayCall call) {
        List<Counted> counted = counted(call);
        if (counted.isEmpty()) {
            return Optional.empty();
        }
        // the first window is that of the policy and the subscription: its lock guards the others
        synchronized (counted.getFirst().window()) {
            return take(call, counted);
        }
    }

    private Optional<Refusal> take(GatewayCall call, List<Counted> counted) {
        Instant now = call.time();
        Duration wait = Duration.ZERO;
        for (Counted each : counted) {
            Duration own = each.window().untilFewer(now, each.period(), each.calls());
            wait = own.compareTo(wait) > 0 ? own : wait;
        }
        if (wait.isZero()) {
            counted.forEach(each -> each.window().add(now, 1));
        }
        Counted first = counted.getFirst();
        long left = Math.max(0, first.calls() - first.window().used(now, first.period()));
        call.limitHeaders(policy.headers(), first.calls(), left);
        return wait.isZero()
                ? Optional.empty()
                : Optional.of(Refusals.rateLimit("rate-limit", policy.headers().retryAfter(), wait));
    }

    private List<Counted> counted(GatewayCall call) {
        List<Counted> counted = new ArrayList<>();
        Optional<String> subscription = call.counterKey();
        for (int i = 0; subscription.isPresent() && i < policy.limits().size(); i++) {
            CallLimit limit = policy.limits().get(i);
            if (limit.operation() == null
                    || limit.operation().equals(call.operation().id())) {
                Duration period = scale.apply(limit.period());
                RateWindow window = counters.rate(id + "/" + i + " " + subscription.get(), period, call.time());
                counted.add(new Counted(window, period, Objects.requireNonNull(limit.calls())));
            }
        }
        return counted;
    }
}
