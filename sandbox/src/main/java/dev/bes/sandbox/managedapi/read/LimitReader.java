package dev.bes.sandbox.managedapi.read;

import dev.bes.sandbox.managedapi.Policy;
import dev.bes.sandbox.managedapi.Policy.CallLimit;
import dev.bes.sandbox.managedapi.Policy.CounterKey;
import dev.bes.sandbox.managedapi.Policy.LimitHeaders;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads {@code <rate-limit>}, {@code <rate-limit-by-key>} and {@code <quota>}. */
final class LimitReader {

    private static final long LONGEST_WINDOW = 300;
    private static final long LONGEST_PERIOD = 1_000_000_000;
    private static final long MOST_CALLS = Integer.MAX_VALUE;
    private static final long MOST_KILOBYTES = Long.MAX_VALUE >> 10;
    private static final String PERIOD = "renewal-period";
    private static final List<String> HEADERS = List.of(
            "retry-after-header-name",
            "retry-after-variable-name",
            "remaining-calls-header-name",
            "remaining-calls-variable-name",
            "total-calls-header-name");

    private final LimitTargets targets;

    LimitReader(LimitTargets targets) {
        this.targets = targets;
    }

    Optional<Policy> rateLimit(XmlElement at) {
        at.allow(names(HEADERS, "calls", PERIOD));
        List<CallLimit> limits = new ArrayList<>();
        rate(at, null).ifPresent(limits::add);
        for (LimitTargets.Target each : targets.in(at)) {
            each.element().allow("name", "id", "calls", PERIOD);
            rate(each.element(), each.operation()).ifPresent(limits::add);
        }
        return limits.isEmpty()
                ? Optional.empty()
                : Optional.of(new Policy.RateLimit(List.copyOf(limits), headers(at)));
    }

    Optional<Policy> quota(XmlElement at) {
        at.allow("calls", "bandwidth", PERIOD);
        at.require(PERIOD);
        List<CallLimit> limits = new ArrayList<>();
        Duration period =
                Duration.ofSeconds(at.number(PERIOD, 0, LONGEST_PERIOD).orElse(0L));
        quota(at, null, period).ifPresent(limits::add);
        for (LimitTargets.Target each : targets.in(at)) {
            each.element().allow("name", "id", "calls", "bandwidth", PERIOD);
            Duration own = each.element()
                    .number(PERIOD, 0, LONGEST_PERIOD)
                    .map(Duration::ofSeconds)
                    .orElse(period);
            quota(each.element(), each.operation(), own).ifPresent(limits::add);
        }
        return limits.isEmpty() ? Optional.empty() : Optional.of(new Policy.Quota(List.copyOf(limits)));
    }

    Optional<Policy> rateLimitByKey(XmlElement at) {
        at.allow(names(HEADERS, "calls", PERIOD, "counter-key", "increment-count"));
        PolicyElements.isEmpty(at);
        int increment = at.number("increment-count", 1, MOST_CALLS).orElse(1L).intValue();
        Optional<CallLimit> limit = rate(at, null);
        Optional<CounterKey> key = key(at);
        return limit.flatMap(rate -> key.map(it -> new Policy.RateLimitByKey(rate, increment, it, headers(at))));
    }

    private static Optional<CounterKey> key(XmlElement at) {
        Optional<String> text = at.attribute("counter-key");
        if (text.isEmpty()) {
            at.require("counter-key");
        }
        return text.map(it -> {
            if (Expressions.isSubscriptionId(it)) {
                return new CounterKey.SubscriptionId();
            }
            return Expressions.isIpAddress(it) ? new CounterKey.IpAddress() : new CounterKey.Constant(it);
        });
    }

    private static Optional<CallLimit> rate(XmlElement at, @Nullable String operation) {
        at.require("calls");
        at.require(PERIOD);
        Optional<Long> calls = at.number("calls", 1, MOST_CALLS);
        Optional<Long> period = at.number(PERIOD, 1, LONGEST_WINDOW);
        return calls.flatMap(
                count -> period.map(seconds -> new CallLimit(operation, count, null, Duration.ofSeconds(seconds))));
    }

    private static Optional<CallLimit> quota(XmlElement at, @Nullable String operation, Duration period) {
        Optional<Long> calls = at.number("calls", 1, MOST_CALLS);
        Optional<Long> kilobytes = at.number("bandwidth", 1, MOST_KILOBYTES);
        if (at.attribute("calls").isEmpty() && at.attribute("bandwidth").isEmpty()) {
            at.report(at + " limits nothing", "add calls=\"…\" or bandwidth=\"…\" (kilobytes), or both");
        }
        return calls.isEmpty() && kilobytes.isEmpty()
                ? Optional.empty()
                : Optional.of(new CallLimit(operation, calls.orElse(null), kilobytes.orElse(null), period));
    }

    private static LimitHeaders headers(XmlElement at) {
        return new LimitHeaders(
                PolicyElements.headerName(at, "retry-after-header-name").orElse("Retry-After"),
                PolicyElements.headerName(at, "remaining-calls-header-name").orElse(null),
                PolicyElements.headerName(at, "total-calls-header-name").orElse(null));
    }

    private static String[] names(List<String> some, String... more) {
        return Stream.concat(Stream.of(more), some.stream()).toArray(String[]::new);
    }
}
