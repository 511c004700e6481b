package dev.bes.sandbox.gateway.policy;

import dev.bes.sandbox.http.Reply;
import dev.bes.sandbox.http.Request;
import dev.bes.sandbox.managedapi.ManagedApi;
import dev.bes.sandbox.managedapi.Operation;
import dev.bes.sandbox.managedapi.Policy.LimitHeaders;
import dev.bes.sandbox.management.Subscription;
import java.net.InetAddress;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One call on its way through the policies. */
public final class GatewayCall {

    private final Operation operation;
    private final @Nullable Subscription subscription;
    private final Instant time;
    private final Map<String, String> replyHeaders = new LinkedHashMap<>();
    private final List<Consumer<Reply>> afterwards = new ArrayList<>();
    private Request request;
    private @Nullable URI backend;
    private Reply reply = new Reply(200, Map.of(), "");
    private long backendNanos;

    /**
     * Creates a call.
     *
     * @param request the request below the API's path
     * @param subscription the subscription whose key it carries; null when it needs none
     * @param time when it was made
     */
    public GatewayCall(
            ManagedApi api, Operation operation, Request request, @Nullable Subscription subscription, Instant time) {
        this.operation = operation;
        this.request = request;
        this.subscription = subscription;
        this.time = time;
        this.backend = api.backend();
    }

    Operation operation() {
        return operation;
    }

    Optional<Subscription> subscription() {
        return Optional.ofNullable(subscription);
    }

    /** What counters of the subscription go by: one that was deleted and made again starts anew. */
    Optional<String> counterKey() {
        return subscription().map(it -> it.sid() + " " + it.started());
    }

    /** The time that the backend took, in nanoseconds; zero when it was not called. */
    public long backendNanos() {
        return backendNanos;
    }

    /** The sandbox listens on the loopback interface only, so every caller has its address. */
    InetAddress ipAddress() {
        return InetAddress.getLoopbackAddress();
    }

    Instant time() {
        return time;
    }

    Request request() {
        return request;
    }

    void request(Request changed) {
        request = changed;
    }

    Optional<URI> backend() {
        return Optional.ofNullable(backend);
    }

    void backend(URI changed) {
        backend = changed;
    }

    Reply reply() {
        return reply;
    }

    void reply(Reply changed) {
        reply = changed;
    }

    void backendNanos(long nanos) {
        backendNanos = nanos;
    }

    /** A header that the reply gets, whoever makes it. */
    void replyHeader(String name, String value) {
        replyHeaders.put(name, value);
    }

    /** The headers of a limit: its calls, and those that are left. */
    void limitHeaders(LimitHeaders headers, long calls, long left) {
        if (headers.remainingCalls() != null) {
            replyHeader(headers.remainingCalls(), String.valueOf(left));
        }
        if (headers.totalCalls() != null) {
            replyHeader(headers.totalCalls(), String.valueOf(calls));
        }
    }

    /** What is done with the final reply. */
    void afterwards(Consumer<Reply> action) {
        afterwards.add(action);
    }

    void addReplyHeaders() {
        replyHeaders.forEach((name, value) -> reply = reply.with(name, value));
    }

    void finish() {
        afterwards.forEach(action -> action.accept(reply));
    }
}
