package dev.bes.sandbox.gateway;

import dev.bes.sandbox.http.Handler;
import dev.bes.sandbox.http.Reply;
import dev.bes.sandbox.http.Request;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** API Management in front of the services: operation, then key, then limits, then the backend. */
public final class Gateway implements Handler {

    private static final String NONE = "(none)";

    private final String prefix;
    private final Handler backend;
    private final List<Subscription> subscriptions;
    private final InstantSource clock;
    private final Map<String, SubscriptionLimits> meters = new ConcurrentHashMap<>();
    private final Analytics analytics = new Analytics();

    /**
     * Creates a gateway with one API.
     *
     * @param suffix the API's path, without slashes around it
     * @param periodScale factor on the products' periods
     * @param clock clock of the windows; the quota's windows begin now
     */
    public Gateway(
            String suffix, Handler backend, List<Subscription> subscriptions, double periodScale, InstantSource clock) {
        this.prefix = "/" + suffix;
        this.backend = backend;
        this.subscriptions = subscriptions;
        this.clock = clock;
        subscriptions.forEach(
                each -> meters.put(each.name(), new SubscriptionLimits(each.product(), periodScale, clock.instant())));
    }

    /** The call counts so far. */
    public Analytics analytics() {
        return analytics;
    }

    /** The name of the subscription whose key a request carries, if it is one of ours. */
    public Optional<String> caller(Request request) {
        return key(request).flatMap(this::subscription).map(Subscription::name);
    }

    @Override
    public Reply handle(Request request) {
        Optional<Operation> operation =
                request.path().startsWith(prefix + "/") ? Operation.of(request.below(prefix)) : Optional.empty();
        Optional<Subscription> subscription = key(request).flatMap(this::subscription);
        long began = System.nanoTime();
        Optional<Reply> refusal =
                operation.isEmpty() ? Optional.of(Refusals.notFound()) : refusal(request, subscription);
        long passed = System.nanoTime();
        Reply reply = refusal.orElseGet(() -> backend.handle(request.below(prefix)));
        long ended = System.nanoTime();
        analytics.record(
                operation.map(it -> it.title).orElse(NONE),
                subscription.map(it -> it.product().name()).orElse(NONE),
                subscription.map(Subscription::name).orElse(NONE),
                new Analytics.Call(reply.status(), (ended - began) / 1e6, (ended - passed) / 1e6));
        return reply;
    }

    private Optional<Reply> refusal(Request request, Optional<Subscription> subscription) {
        String api = "http://" + request.host() + prefix;
        if (key(request).isEmpty()) {
            return Optional.of(Refusals.keyMissing(api));
        }
        if (subscription.isEmpty() || subscription.get().state() != Subscription.State.ACTIVE) {
            return Optional.of(Refusals.keyInvalid(api));
        }
        return Optional.ofNullable(meters.get(subscription.get().name()))
                .flatMap(meter -> meter.refusal(clock.instant()));
    }

    /** The header, and only without it the query parameter. Source: API Management, subscriptions. */
    private static Optional<String> key(Request request) {
        return request.header(Refusals.KEY_HEADER).or(() -> request.query("subscription-key"));
    }

    private Optional<Subscription> subscription(String key) {
        return subscriptions.stream().filter(it -> it.has(key)).findFirst();
    }
}
