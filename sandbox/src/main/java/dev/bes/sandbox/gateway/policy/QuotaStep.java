package dev.bes.sandbox.gateway.policy;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bes.sandbox.http.Reply;
import dev.bes.sandbox.managedapi.Policy;
import dev.bes.sandbox.managedapi.Policy.CallLimit;
import dev.bes.sandbox.management.Subscription;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Runs {@code quota}. A call without a subscription key is not counted. Source: policy reference. (inferred) The bytes of a
 * call are those of both bodies; they count after it, so the call that crosses the limit passes.
 */
final class QuotaStep implements Step {

    private final Policy.Quota policy;
    private final String id;
    private final Counters counters;
    private final UnaryOperator<Duration> scale;

    QuotaStep(Policy.Quota policy, String id, Counters counters, UnaryOperator<Duration> scale) {
        this.policy = policy;
        this.id = id;
        this.counters = counters;
        this.scale = scale;
    }

    private record Counted(QuotaWindow window, CallLimit limit) {

        Optional<Refusal> refusal(Instant now) {
            if (limit.calls() != null && window.calls(now) >= limit.calls()) {
                return Optional.of(Refusals.callQuota(window.untilNext(now)));
            }
            return limit.kilobytes() != null && window.bytes(now) >= limit.kilobytes() * 1024
                    ? Optional.of(Refusals.bandwidthQuota(window.untilNext(now)))
                    : Optional.empty();
        }
    }

    @Override
    public Optional<Refusal> run(GatewayCall call) {
        List<Counted> counted = call.subscription().map(it -> counted(call, it)).orElse(List.of());
        if (counted.isEmpty()) {
            return Optional.empty();
        }
        // the first window is that of the policy and the subscription: its lock guards the others
        QuotaWindow lock = counted.getFirst().window();
        synchronized (lock) {
            for (Counted each : counted) {
                Optional<Refusal> refusal = each.refusal(call.time());
                if (refusal.isPresent()) {
                    return refusal;
                }
            }
            counted.forEach(each -> each.window().addCall());
        }
        if (counted.stream().anyMatch(it -> it.limit().kilobytes() != null)) {
            call.afterwards(reply -> addBytes(call, reply, counted, lock));
        }
        return Optional.empty();
    }

    private static void addBytes(GatewayCall call, Reply reply, List<Counted> counted, QuotaWindow lock) {
        long bytes = bytes(call.request().body()) + bytes(reply.body());
        synchronized (lock) {
            counted.forEach(each -> each.window().addBytes(call.time(), bytes));
        }
    }

    private static long bytes(String body) {
        return body.getBytes(UTF_8).length;
    }

    private List<Counted> counted(GatewayCall call, Subscription subscription) {
        List<Counted> counted = new ArrayList<>();
        for (int i = 0; i < policy.limits().size(); i++) {
            CallLimit limit = policy.limits().get(i);
            if (limit.operation() == null
                    || limit.operation().equals(call.operation().id())) {
                QuotaWindow window = counters.quota(
                        id + "/" + i + " " + call.counterKey().orElseThrow(),
                        scale.apply(limit.period()),
                        Objects.requireNonNull(subscription.started()));
                counted.add(new Counted(window, limit));
            }
        }
        return counted;
    }
}
