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
 * The circuit breaker of one endpoint: opens after some calls in a row without an answer, stays open longer each time, and is then tried
 * with one call at a time until one has an answer. The states, the counting and the metrics are resilience4j's. Added here is what it does
 * not tell or does not do: how long to wait, and to judge by no call that began before the last change. Decision 0041.
 */
public final class EndpointCircuitBreaker {

    public static final int FAILURES = 5;
    public static final Duration SHORTEST = Duration.ofSeconds(1);
    public static final Duration LONGEST = Duration.ofSeconds(60);

    private static final IntervalFunction WAITS = IntervalFunction.ofExponentialBackoff(SHORTEST, 2, LONGEST);

    private final InstantSource clock;
    private final CircuitBreaker breaker;
    private Instant openUntil = Instant.MIN;
    private long changes;

    /**
     * Makes the circuit breaker of an endpoint.
     *
     * @param registry where its metrics are read from
     * @param random from 0 to 1: the wait is between half of it and all of it, so that the nodes do not all try at once
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
     * @param changes how often the circuit breaker had opened and closed when it was asked
     * @param begun when, by resilience4j's own clock
     * @param delay how long to wait instead; zero if the call may be made
     */
    record Permission(long changes, long begun, Duration delay) {
        boolean isGiven() {
            return delay.isZero();
        }
    }

    /** Notes until when it is open; returns what to tell resilience4j, which permits a call after the wait, not at its end. */
    private long open(long millis) {
        openUntil = clock.instant().plusMillis(millis);
        return millis - 1;
    }

    /** Whether a call that asked now would be permitted; asks for nothing. */
    synchronized boolean permits() {
        return switch (breaker.getState()) {
            case CLOSED -> true;
            case OPEN -> !clock.instant().isBefore(openUntil);
            default -> false;
        };
    }

    /** Whether it is closed, so that all calls are made. */
    boolean isClosed() {
        return breaker.getState() == State.CLOSED;
    }

    /** Asks to make a call; when the wait is over only the first one may, and the others wait for its answer. */
    synchronized Permission ask() {
        Duration delay = Duration.ZERO;
        if (!breaker.tryAcquirePermission()) {
            Duration left = Duration.between(clock.instant(), openUntil);
            delay = breaker.getState() == State.OPEN && left.isPositive() ? left : SHORTEST;
        }
        return new Permission(changes, breaker.getCurrentTimestamp(), delay);
    }

    /** The call has an answer, whatever it says; returns whether that closed the circuit breaker. */
    synchronized boolean answered(Permission permission) {
        boolean wasClosed = isClosed();
        breaker.onSuccess(duration(permission), breaker.getTimestampUnit());
        if (wasClosed) {
            return false;
        }
        if (!isClosed()) {
            // a call that began before it opened: it shows as well that somebody answers
            breaker.transitionToClosedState();
        }
        changes++;
        return true;
    }

    /** The call has no answer; returns whether that opened the circuit breaker for the first time since it was closed. */
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

    /** The call is over. If it was to show whether somebody answers and showed nothing, another one tries soon. */
    synchronized void ended(Permission permission) {
        if (permission.changes == changes && breaker.getState() == State.HALF_OPEN) {
            breaker.transitionToOpenStateFor(Duration.ofMillis(open(SHORTEST.toMillis())));
        }
    }

    private long duration(Permission permission) {
        return breaker.getCurrentTimestamp() - permission.begun;
    }
}
