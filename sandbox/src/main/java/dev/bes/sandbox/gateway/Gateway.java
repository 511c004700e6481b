package dev.bes.sandbox.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bes.sandbox.analytics.CountedCall;
import dev.bes.sandbox.analytics.Series;
import dev.bes.sandbox.counters.CounterFile;
import dev.bes.sandbox.gateway.policy.GatewayCall;
import dev.bes.sandbox.gateway.policy.Pipeline;
import dev.bes.sandbox.gateway.policy.Pipelines;
import dev.bes.sandbox.gateway.policy.Refusal;
import dev.bes.sandbox.gateway.policy.Refusals;
import dev.bes.sandbox.http.Handler;
import dev.bes.sandbox.http.Reply;
import dev.bes.sandbox.http.Request;
import dev.bes.sandbox.managedapi.ManagedApi;
import dev.bes.sandbox.managedapi.Operation;
import dev.bes.sandbox.managedapi.Product;
import dev.bes.sandbox.management.Subscription;
import dev.bes.sandbox.management.Subscriptions;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;

/** API Management in front of the services: operation, then key, then policies, then the backend. */
public final class Gateway implements Handler {

    private final ManagedApi api;
    private final String prefix;
    private final OperationMatcher operations;
    private final Pipelines pipelines;
    private final Subscriptions subscriptions;
    private final InstantSource clock;
    private final Consumer<CountedCall> counter;

    /**
     * Creates a gateway with one API.
     *
     * @param backend the services
     * @param periodScale factor on the periods of the limits
     * @param clock clock of the windows; the quota's windows begin with the subscription
     * @param counter takes each call when it is answered
     */
    public Gateway(
            ManagedApi api,
            Handler backend,
            Subscriptions subscriptions,
            double periodScale,
            InstantSource clock,
            Consumer<CountedCall> counter) {
        this.api = api;
        this.prefix = "/" + api.path();
        this.operations = new OperationMatcher(api.operations());
        this.pipelines = new Pipelines(api, backend, periodScale);
        this.subscriptions = subscriptions;
        this.clock = clock;
        this.counter = counter;
    }

    /**
     * Continues the counters of the limits in a file, and saves them there.
     *
     * @throws IllegalStateException when the file is damaged
     */
    public void keepCounters(CounterFile file) {
        pipelines.keepCounters(file, clock);
    }

    /** The sid of the subscription whose key a request carries, if it is one of ours. */
    public Optional<String> caller(Request request) {
        return key(request).flatMap(subscriptions::withKey).map(Subscription::sid);
    }

    @Override
    public Reply handle(Request request) {
        long began = System.nanoTime();
        Optional<Operation> operation =
                request.path().startsWith(prefix + "/") ? operations.match(request.below(prefix)) : Optional.empty();
        Optional<Subscription> subscription = key(request).flatMap(subscriptions::withKey);
        Optional<Product> product = product(request, subscription);
        Answer answer = operation
                .map(it -> answer(request, it, subscription, product))
                .orElseGet(() -> new Answer(Refusals.operationNotFound().reply(), 0));
        counter.accept(new CountedCall(
                clock.instant(),
                series(operation, subscription, product),
                answer.reply().status(),
                System.nanoTime() - began,
                answer.backendNanos(),
                bytes(request.body()) + bytes(answer.reply().body())));
        return answer.reply();
    }

    /** @param backendNanos 0 when the call did not reach the backend */
    private record Answer(Reply reply, long backendNanos) {}

    private Answer answer(
            Request request, Operation operation, Optional<Subscription> subscription, Optional<Product> product) {
        GatewayCall call =
                new GatewayCall(api, operation, request.below(prefix), subscription.orElse(null), clock.instant());
        Pipeline pipeline = pipelines.of(operation, product);
        Reply reply = denied(request, subscription, product)
                .map(refusal -> pipeline.refuse(call, refusal))
                .orElseGet(() -> pipeline.run(call));
        return new Answer(reply, call.backendNanos());
    }

    private Series series(
            Optional<Operation> operation, Optional<Subscription> subscription, Optional<Product> product) {
        return new Series(
                operation.map(it -> api.id()).orElse(null),
                operation.map(Operation::id).orElse(null),
                product.map(Product::id).orElse(null),
                subscription.map(Subscription::sid).orElse(null),
                subscription.map(Subscription::ownerId).orElse(null));
    }

    private static long bytes(String body) {
        return body.getBytes(UTF_8).length;
    }

    /** Source: API Management, subscriptions, "How API Management handles requests with or without subscription keys". */
    private Optional<Refusal> denied(Request request, Optional<Subscription> subscription, Optional<Product> product) {
        String address = request.origin() + prefix;
        if (key(request).isEmpty()) {
            return product.isPresent() || !api.subscriptionRequired()
                    ? Optional.empty()
                    : Optional.of(Refusals.keyMissing(address, api.keyHeader()));
        }
        return subscription
                        .filter(Subscription::isActive)
                        .filter(it -> it.covers(api))
                        .isPresent()
                ? Optional.empty()
                : Optional.of(Refusals.keyInvalid(address, api.keyHeader()));
    }

    /** The product of the subscription; without a key the open product, if there is one. */
    private Optional<Product> product(Request request, Optional<Subscription> subscription) {
        return key(request).isPresent()
                ? subscription.flatMap(this::product)
                : api.products().stream()
                        .filter(it -> !it.subscriptionRequired())
                        .findFirst();
    }

    private Optional<Product> product(Subscription subscription) {
        return subscription.productId().flatMap(api::product);
    }

    /** The header, and only without it the query parameter. Source: API Management, subscriptions. */
    private Optional<String> key(Request request) {
        return request.header(api.keyHeader()).or(() -> request.query(api.keyQuery()));
    }
}
