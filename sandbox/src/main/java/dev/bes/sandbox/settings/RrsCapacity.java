package dev.bes.sandbox.settings;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How many calls the Request/Response Service takes at a time, and how long its containers need at first. Source: the FAQ and
 * "create endpoint" for the limit of an endpoint; no source says how long containers need.
 *
 * @param maxConcurrentCalls calls of one endpoint at a time, 4 to 200; one more is answered 503 RequestThrottled
 * @param maxConcurrentCallsInAll calls of all endpoints at a time; one more is answered 503 TooManyConcurrentRequests; null for
 *     no limit
 * @param callTime time that a call takes before it scores
 * @param initializingTime time from an endpoint's first call in which it answers 503 InitializingContainers
 * @param initializingCalls number of an endpoint's first calls that it answers so
 */
public record RrsCapacity(
        int maxConcurrentCalls,
        @Nullable Integer maxConcurrentCallsInAll,
        Duration callTime,
        Duration initializingTime,
        int initializingCalls) {

    /** The documented limit of an endpoint, and containers that are ready at once. */
    public static final RrsCapacity DEFAULT = new RrsCapacity(20, null, Duration.ZERO, Duration.ZERO, 0);

    private static final int LEAST = 4;
    private static final int MOST = 200;

    /** @throws IllegalArgumentException when a value is out of its range; the message says which */
    public RrsCapacity {
        if (maxConcurrentCalls < LEAST || maxConcurrentCalls > MOST) {
            throw new IllegalArgumentException("maxConcurrentCalls must be " + LEAST + " to " + MOST);
        }
        if (maxConcurrentCallsInAll != null && maxConcurrentCallsInAll < 1) {
            throw new IllegalArgumentException("maxConcurrentCallsInAll must be 1 or more, or null");
        }
        if (callTime.isNegative() || initializingTime.isNegative() || initializingCalls < 0) {
            throw new IllegalArgumentException("callTime, initializingTime and initializingCalls must be >= 0");
        }
    }

    /** With another limit of each endpoint. */
    public RrsCapacity withMaxConcurrentCalls(int calls) {
        return new RrsCapacity(calls, maxConcurrentCallsInAll, callTime, initializingTime, initializingCalls);
    }

    /** With a limit of all endpoints together; null for none. */
    public RrsCapacity withMaxConcurrentCallsInAll(@Nullable Integer calls) {
        return new RrsCapacity(maxConcurrentCalls, calls, callTime, initializingTime, initializingCalls);
    }

    /** With calls that take this long. */
    public RrsCapacity withCallTime(Duration time) {
        return new RrsCapacity(maxConcurrentCalls, maxConcurrentCallsInAll, time, initializingTime, initializingCalls);
    }

    /** With containers that initialize for this time from an endpoint's first call, and for this number of calls. */
    public RrsCapacity withInitializing(Duration time, int calls) {
        return new RrsCapacity(maxConcurrentCalls, maxConcurrentCallsInAll, callTime, time, calls);
    }
}
