package dev.bes.sandbox.managedapi;

import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A policy that the gateway knows. Source: API Management policy reference. */
public sealed interface Policy {

    /** {@code <base/>}: the policies of the scope around this one. */
    record Base() implements Policy {}

    /** {@code <rate-limit>}: calls of one subscription in a sliding window. */
    record RateLimit(List<CallLimit> limits, LimitHeaders headers) implements Policy {}

    /** {@code <rate-limit-by-key>}: calls with one value of a key in a sliding window. */
    record RateLimitByKey(CallLimit limit, int increment, CounterKey key, LimitHeaders headers) implements Policy {}

    /** {@code <quota>}: calls and bytes of one subscription in fixed windows from its start. */
    record Quota(List<CallLimit> limits) implements Policy {}

    /**
     * {@code <set-backend-service>}: the address that the path of the operation is appended to.
     *
     * @param baseUrl without a slash at its end
     */
    record SetBackendService(URI baseUrl) implements Policy {}

    /** {@code <set-header>}: sets, adds or removes a header; no values with {@link ExistsAction#DELETE}. */
    record SetHeader(String name, ExistsAction existsAction, List<String> values) implements Policy {}

    /** {@code <ip-filter>}: admits or refuses callers by their address. */
    record IpFilter(boolean allow, List<AddressRange> ranges) implements Policy {}

    /**
     * {@code <forward-request>}: calls the backend.
     *
     * @param timeout how long to wait for the answer; null for as long as it takes
     * @param failOnErrorStatus whether an answer of 400 to 599 ends in the section {@code on-error}
     */
    record ForwardRequest(@Nullable Duration timeout, boolean failOnErrorStatus) implements Policy {}

    /**
     * A number of calls or bytes in a period. The first limit of a policy counts all its calls; those of nested
     * {@code <api>} and {@code <operation>} elements follow, each with a count of its own.
     *
     * @param operation the id of the only operation that is counted; null for all calls
     * @param calls null for any number
     * @param kilobytes of requests and responses together; null for any number; of a quota only
     * @param period zero for a period without an end; of a quota only
     */
    record CallLimit(
            @Nullable String operation,
            @Nullable Long calls,
            @Nullable Long kilobytes,
            Duration period) {}

    /**
     * The response headers of a rate limit.
     *
     * @param retryAfter the seconds to wait, of a refusal
     * @param remainingCalls the calls that are left; null for no header
     * @param totalCalls the calls of the limit; null for no header
     */
    record LimitHeaders(
            String retryAfter,
            @Nullable String remainingCalls,
            @Nullable String totalCalls) {}

    /** What a rate limit by key counts by. */
    sealed interface CounterKey {

        /** {@code @(context.Subscription.Id)}. */
        record SubscriptionId() implements CounterKey {}

        /** {@code @(context.Request.IpAddress)}. */
        record IpAddress() implements CounterKey {}

        /** A text that is the same for all calls. */
        record Constant(String text) implements CounterKey {}
    }

    /** What {@code set-header} does with a header that the message has already. */
    enum ExistsAction {
        /** Replaces its values. */
        OVERRIDE,
        /** Leaves it. */
        SKIP,
        /** Adds to its values. */
        APPEND,
        /** Removes it. */
        DELETE
    }

    /** Addresses from the first to the last; both are of version 4 or of version 6. */
    record AddressRange(InetAddress from, InetAddress to) {}
}
