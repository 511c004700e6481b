package dev.bes.orchestrator.remote.http;

import dev.bes.orchestrator.remote.ObservedHealth;
import dev.bes.orchestrator.remote.RemoteException;
import dev.bes.orchestrator.remote.RemoteException.Throttled;
import dev.bes.orchestrator.remote.RemoteException.Unavailable;
import dev.bes.orchestrator.remote.budget.CallBudget;
import dev.bes.orchestrator.remote.budget.CallPriority;
import dev.bes.orchestrator.remote.health.CallHealth;
import dev.bes.orchestrator.remote.http.CallReservation.Reserved;
import dev.bes.orchestrator.remote.http.EndpointCircuitBreaker.Permission;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every call of this process to an endpoint passes through its gate. The gate is closed while the endpoint has asked us to
 * wait, while the call budget is used up, and while the circuit breaker is open.
 */
final class CallGate {
    private static final Logger LOG = LoggerFactory.getLogger(CallGate.class);

    private final String endpoint;
    private final InstantSource clock;
    private final EndpointCircuitBreaker breaker;
    private final CallReservation callReservation;
    private final CallBudget budget;
    private final CallHealth health;
    private final AtomicReference<Instant> closedUntil = new AtomicReference<>(Instant.MIN);
    private volatile ObservedHealth silence = ObservedHealth.UNKNOWN;

    CallGate(String endpoint, InstantSource clock, EndpointCircuitBreaker breaker, CallBudget budget) {
        this.endpoint = endpoint;
        this.clock = clock;
        this.breaker = breaker;
        this.callReservation = new CallReservation(budget, clock);
        this.budget = budget;
        this.health = new CallHealth("Endpoint " + endpoint, clock);
    }

    /**
     * Makes the call if the gate is open.
     *
     * @throws Throttled without a call, if the gate is closed or the budget is used up; or by the call itself, which closes
     *     the gate
     */
    <T> T pass(ManagedCall managedCall, Supplier<T> exchange) {
        Instant now = clock.instant();
        Instant opens = closedUntil.get();
        if (now.isBefore(opens)) {
            throw notSent(managedCall, "the endpoint asked us to wait until " + opens, Duration.between(now, opens));
        }
        Reserved reserved = callReservation.acquire(managedCall);
        Permission permission = breaker.requestPermission();
        if (!permission.isGranted()) {
            reserved.release();
            throw notSent(
                    managedCall,
                    "the last calls had no answer, so the endpoint is tried again later",
                    permission.delay());
        }
        boolean good = false;
        try {
            T answer = pass(managedCall, permission, exchange);
            good = true;
            return answer;
        } finally {
            breaker.ended(permission);
            reserved.answered(good);
        }
    }

    /** Whether a call would be sent now, provided the budget allows it. */
    boolean isOpen() {
        return !clock.instant().isBefore(closedUntil.get()) && breaker.permits();
    }

    /** Estimates the calls of this priority that would be sent now. */
    int estimateAvailable(CallPriority callPriority) {
        return isOpen() ? budget.estimateAvailable(callPriority) : 0;
    }

    /** The health of the endpoint, as recent calls have shown it. */
    ObservedHealth observedHealth() {
        if (!breaker.isClosed()) {
            return silence;
        }
        ObservedHealth shown = health.observedHealth();
        Instant opens = closedUntil.get();
        return shown.isUnhealthy() || !clock.instant().isBefore(opens)
                ? shown
                : ObservedHealth.healthy("it asked us to wait until " + opens);
    }

    /** Notes the number of calls that the gateway reports as left. */
    void updateRemaining(int calls) {
        callReservation.updateRemaining(calls);
    }

    private <T> T pass(ManagedCall managedCall, Permission permission, Supplier<T> exchange) {
        try {
            T answer = exchange.get();
            answered(permission);
            health.succeeded(managedCall.displayName());
            return answer;
        } catch (Unavailable e) {
            failed(permission, e);
            throw e;
        } catch (Throttled e) {
            Instant until = clock.instant().plus(e.retryAfter());
            closedUntil.accumulateAndGet(until, (a, b) -> a.isAfter(b) ? a : b);
            if (e.byGateway()) {
                callReservation.backOff(e.retryAfter());
            }
            answered(permission);
            throw e;
        } catch (RemoteException e) {
            answered(permission);
            record(managedCall, e);
            throw e;
        }
    }

    private void record(ManagedCall managedCall, RemoteException e) {
        if (managedCall.indicatesFailure(e)) {
            health.failed(managedCall.displayName(), String.valueOf(e.getMessage()));
        } else {
            health.succeeded(managedCall.displayName());
        }
    }

    private Throttled notSent(ManagedCall managedCall, String why, Duration wait) {
        return new Throttled("Endpoint %s, %s: not sent, %s".formatted(endpoint, managedCall.displayName(), why), wait);
    }

    private void answered(Permission permission) {
        if (breaker.answered(permission)) {
            LOG.info("Endpoint {} answers again", endpoint);
        }
    }

    private void failed(Permission permission, Unavailable e) {
        // a call that this node interrupted says nothing about the endpoint
        if (!Thread.currentThread().isInterrupted() && breaker.failed(permission, e)) {
            silence = ObservedHealth.unhealthy(
                    "%d calls in a row had no answer, so only single calls are tried until one is answered; the last failure: %s"
                            .formatted(EndpointCircuitBreaker.FAILURES, e.getMessage()),
                    clock.instant());
            LOG.warn(
                    "Endpoint {} is not called for a while, since {} calls in a row had no answer: {}",
                    endpoint,
                    EndpointCircuitBreaker.FAILURES,
                    e.getMessage());
        }
    }
}
