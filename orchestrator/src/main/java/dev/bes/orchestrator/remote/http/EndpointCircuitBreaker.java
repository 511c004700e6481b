package dev.bes.orchestrator.remote.http;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.core.IntervalFunction;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.function.DoubleSupplier;

/**
 * The circuit breaker of one endpoint. It opens after some calls in a row without an answer, and stays open longer each time. Then one
 * call at a time is tried until one is answered. The states, the counting and the metrics are resilience4j's. This class adds the time to
 * wait, and ignores failures of calls that began before the last change of state. Decision 0041.
 */
public final class EndpointCircuitBreaker {

    /** Calls in a row without an answer that open it. */
    public static final int FAILURES = 5;
    /** The first wait. */
    public static final Duration SHORTEST = Duration.ofSeconds(1);
    /** The longest wait. */
    public static final Duration LONGEST = Duration.ofSeconds(60);

    private static final IntervalFunction WAITS = IntervalFunction.ofExponentialBackoff(SHORTEST, 2, LONGEST);

    private final InstantSource clock;
    private final CircuitBreaker breaker;
    private Instant openUntil = Instant.MIN;
    private long changes;

    /**
     * Creates the circuit breaker of an endpoint.
     *
     * @param registry exposes its metrics
     * @param random from 0 to 1; shortens each wait by up to half, so that the nodes do not try at the same time
     */
    EndpointCircuitBreaker(
            CircuitBreakerRegistry registry, String endpoint, InstantSource clock, DoubleSupplier random) {
        this.clock = clock;
        this.breaker = registry.circuitBreaker(
                endpoint,
                CircuitBreakerConfig.custom()
                        .clock(clock.withZone(ZoneOffset.UTC))
                        .slidingWindow(FAILURES, FAILURES, CircuitBreakerConfig.SlidingWindowType.COUNT_BASED)
                        .failureRateThreshold(100)
                        // a slow answer is an answer
                        .slowCallDurationThreshold(Duration.ofDays(1))
                        .permittedNumberOfCallsInHalfOpenState(1)
                        .waitIntervalFunctionInOpenState(
                                attempt -> open(Math.round(WAITS.apply(attempt) * (0.5 + random.getAsDouble() / 2))))
                        .build());
    }

    /**
     * Whether a call may be made.
     *
     * @param changes number of state changes before the call
     * @param begun start, by resilience4j's clock
     * @param delay time to wait; zero if the call may be made
     */
    record Permission(long changes, long begun, Duration delay) {
        boolean isGranted() {
            return delay.isZero();
        }
    }

    /** Notes the end of the wait. Returns one millisecond less: resilience4j permits a call only after the wait, not at its end. */
    private long open(long millis) {
        openUntil = clock.instant().plusMillis(millis);
        return millis - 1;
    }

    /** Whether a call would be permitted now. Takes no permission. */
    synchronized boolean permits() {
        return switch (breaker.getState()) {
            case CLOSED -> true;
            case OPEN -> !clock.instant().isBefore(openUntil);
            default -> false;
        };
    }

    /** Whether it is closed, so that all calls are permitted. */
    boolean isClosed() {
        return breaker.getState() == State.CLOSED;
    }

    /** Requests a permission. After the wait only the first call gets it; the others wait for its answer. */
    synchronized Permission requestPermission() {
        Duration delay = Duration.ZERO;
        if (!breaker.tryAcquirePermission()) {
            Duration left = Duration.between(clock.instant(), openUntil);
            delay = breaker.getState() == State.OPEN && left.isPositive() ? left : SHORTEST;
        }
        return new Permission(changes, breaker.getCurrentTimestamp(), delay);
    }

    /** Records an answer, also one with an error status; returns whether that closed the circuit breaker. */
    synchronized boolean answered(Permission permission) {
        boolean wasClosed = isClosed();
        breaker.onSuccess(duration(permission), breaker.getTimestampUnit());
        if (wasClosed) {
            return false;
        }
        if (!isClosed()) {
            // a call that began before it opened also shows that the endpoint answers
            breaker.transitionToClosedState();
        }
        changes++;
        return true;
    }

    /** Records a call without an answer; returns whether that opened the circuit breaker for the first time since it was closed. */
    synchronized boolean failed(Permission permission, RuntimeException failure) {
        if (permission.changes != changes) {
            return false;
        }
        boolean wasClosed = isClosed();
        breaker.onError(duration(permission), breaker.getTimestampUnit(), failure);
        if (isClosed()) {
            return false;
        }
        changes++;
        return wasClosed;
    }

    /** Ends a call. If it was a trial without a result, another call is tried soon. */
    synchronized void ended(Permission permission) {
        if (permission.changes == changes && breaker.getState() == State.HALF_OPEN) {
            breaker.transitionToOpenStateFor(Duration.ofMillis(open(SHORTEST.toMillis())));
        }
    }

    private long duration(Permission permission) {
        return breaker.getCurrentTimestamp() - permission.begun;
    }
}
