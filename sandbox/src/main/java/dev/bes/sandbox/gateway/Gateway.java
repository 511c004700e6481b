package dev.bes.sandbox.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bes.sandbox.analytics.CountedCall;
import dev.bes.sandbox.analytics.Series;
import dev.bes.sandbox.http.Handler;
import dev.bes.sandbox.http.Reply;
import dev.bes.sandbox.http.Request;
import dev.bes.sandbox.management.Subscription;
import dev.bes.sandbox.management.Subscriptions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** API Management in front of the services: operation, then key, then limits, then the backend. */
public final class Gateway implements Handler {

    private final String suffix;
    private final String prefix;
    private final Handler backend;
    private final Subscriptions subscriptions;
    private final Map<String, Product> products;
    private final double periodScale;
    private final InstantSource clock;
    private final Map<String, SubscriptionLimits> meters = new ConcurrentHashMap<>();
    private final Consumer<CountedCall> counter;

    /**
     * Creates a gateway with one API.
     *
     * @param suffix the API's path, without slashes around it
     * @param periodScale factor on the products' periods
     * @param clock clock of the windows; the quota's windows begin with the subscription
     * @param counter takes each call when it is answered
     */
    public Gateway(
            String suffix,
            Handler backend,
            List<Product> products,
            Subscriptions subscriptions,
            double periodScale,
            InstantSource clock,
            Consumer<CountedCall> counter) {
        this.suffix = suffix;
        this.prefix = "/" + suffix;
        this.backend = backend;
        this.subscriptions = subscriptions;
        this.products = products.stream().collect(Collectors.toMap(Product::id, product -> product));
        this.periodScale = periodScale;
        this.clock = clock;
        this.counter = counter;
    }

    /** The sid of the subscription whose key a request carries, if it is one of ours. */
    public Optional<String> caller(Request request) {
        return key(request).flatMap(subscriptions::withKey).map(Subscription::sid);
    }

    @Override
    public Reply handle(Request request) {
        Optional<Operation> operation =
                request.path().startsWith(prefix + "/") ? Operation.of(request.below(prefix)) : Optional.empty();
        Optional<Subscription> subscription = key(request).flatMap(subscriptions::withKey);
        long began = System.nanoTime();
        Optional<Reply> refusal =
                operation.isEmpty() ? Optional.of(Refusals.notFound()) : refusal(request, subscription);
        long passed = System.nanoTime();
        Reply reply = refusal.orElseGet(() -> backend.handle(request.below(prefix)));
        long ended = System.nanoTime();
        counter.accept(new CountedCall(
                clock.instant(),
                series(operation, subscription),
                reply.status(),
                ended - began,
                refusal.isEmpty() ? ended - passed : 0,
                bytes(request.body()) + bytes(reply.body())));
        return reply;
    }

    private Series series(Optional<Operation> operation, Optional<Subscription> subscription) {
        return new Series(
                operation.map(it -> suffix).orElse(null),
                operation.map(Operation::id).orElse(null),
                subscription.flatMap(this::product).map(Product::id).orElse(null),
                subscription.map(Subscription::sid).orElse(null),
                subscription.map(Subscription::ownerId).orElse(null));
    }

    private static long bytes(String body) {
        return body.getBytes(UTF_8).length;
    }

    private Optional<Reply> refusal(Request request, Optional<Subscription> subscription) {
        String api = request.origin() + prefix;
        if (key(request).isEmpty()) {
            return Optional.of(Refusals.keyMissing(api));
        }
        if (subscription.filter(Subscription::isActive).isEmpty()) {
            return Optional.of(Refusals.keyInvalid(api));
        }
        return subscription.flatMap(this::limits).flatMap(limits -> limits.refusal(clock.instant()));
    }

    /** The header, and only without it the query parameter. Source: API Management, subscriptions. */
    private static Optional<String> key(Request request) {
        return request.header(Refusals.KEY_HEADER).or(() -> request.query("subscription-key"));
    }

    private Optional<Product> product(Subscription subscription) {
        return subscription.productId().map(products::get);
    }

    /** A subscription that was deleted and made again starts anew. */
    private Optional<SubscriptionLimits> limits(Subscription subscription) {
        Instant since = Objects.requireNonNull(subscription.started());
        return product(subscription)
                .map(product -> meters.compute(
                        subscription.sid(),
                        (sid, known) -> known != null && known.since().equals(since)
                                ? known
                                : new SubscriptionLimits(product, periodScale, since)));
    }
}
