package dev.bes.orchestrator.remote.http;

import dev.bes.orchestrator.remote.ObservedHealth;
import dev.bes.orchestrator.remote.RemoteException;
import dev.bes.orchestrator.remote.RemoteException.Throttled;
import dev.bes.orchestrator.remote.RemoteException.Unavailable;
import dev.bes.orchestrator.remote.budget.CallBudget;
import dev.bes.orchestrator.remote.budget.CallPriority;
import dev.bes.orchestrator.remote.health.CallHealth;
import dev.bes.orchestrator.remote.http.CallReservation.Payment;
import dev.bes.orchestrator.remote.http.EndpointCircuitBreaker.Permission;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one way to an endpoint for every call of this process: shut while the far side has asked us to wait, while the call
 * budget is used up, and while there are no answers.
 */
final class CallGate {
    private static final Logger LOG = LoggerFactory.getLogger(CallGate.class);

    private final String endpoint;
    private final InstantSource clock;
    private final EndpointCircuitBreaker breaker;
    private final CallReservation callReservation;
    private final CallBudget budget;
    private final CallHealth health;
    private final AtomicReference<Instant> shutUntil = new AtomicReference<>(Instant.MIN);
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
     * Makes the call, unless the gate is shut.
     *
     * @throws Throttled without calling, if the gate is shut or the budget used up; or from the call itself, which shuts the
     *     gate
     */
    <T> T pass(ManagedCall managedCall, Supplier<T> exchange) {
        Instant now = clock.instant();
        Instant opens = shutUntil.get();
        if (now.isBefore(opens)) {
            throw shut(managedCall, "the far side asked us to wait until " + opens, Duration.between(now, opens));
        }
        Payment payment = callReservation.pay(managedCall);
        Permission permission = breaker.ask();
        if (!permission.isGiven()) {
            payment.giveBack();
            throw shut(managedCall, "the far side has given no answers lately", permission.delay());
        }
        boolean good = false;
        try {
            T answer = pass(managedCall, permission, exchange);
            good = true;
            return answer;
        } finally {
            breaker.ended(permission);
            payment.answered(good);
        }
    }

    /** Whether a call that came now would be sent, unless the budget is used up. */
    boolean isOpen() {
        return !clock.instant().isBefore(shutUntil.get()) && breaker.permits();
    }

    /** How many calls of that precedence would be sent now. */
    int likely(CallPriority callPriority) {
        return isOpen() ? budget.likely(callPriority) : 0;
    }

    /** What the calls have shown of the far side lately. */
    ObservedHealth condition() {
        if (!breaker.isClosed()) {
            return silence;
        }
        ObservedHealth shown = health.condition();
        Instant opens = shutUntil.get();
        return shown.isTrouble() || !clock.instant().isBefore(opens)
                ? shown
                : ObservedHealth.well("it asked us to wait until " + opens);
    }

    /** The gateway has said how many calls it has left for us. */
    void remaining(int calls) {
        callReservation.remaining(calls);
    }

    private <T> T pass(ManagedCall managedCall, Permission permission, Supplier<T> exchange) {
        try {
            T answer = exchange.get();
            answered(permission);
            health.good(managedCall.word());
            return answer;
        } catch (Unavailable e) {
            failed(permission, e);
            throw e;
        } catch (Throttled e) {
            Instant until = clock.instant().plus(e.retryAfter());
            shutUntil.accumulateAndGet(until, (a, b) -> a.isAfter(b) ? a : b);
            if (e.byGateway()) {
                callReservation.shut(e.retryAfter());
            }
            answered(permission);
            throw e;
        } catch (RemoteException e) {
            answered(permission);
            note(managedCall, e);
            throw e;
        }
    }

    private void note(ManagedCall managedCall, RemoteException e) {
        if (managedCall.isInTrouble(e)) {
            health.bad(managedCall.word(), String.valueOf(e.getMessage()));
        } else {
            health.good(managedCall.word());
        }
    }

    private Throttled shut(ManagedCall managedCall, String why, Duration wait) {
        return new Throttled("Endpoint %s, %s: not sent, %s".formatted(endpoint, managedCall.word(), why), wait);
    }

    private void answered(Permission permission) {
        if (breaker.answered(permission)) {
            LOG.info("Endpoint {} answers again", endpoint);
        }
    }

    private void failed(Permission permission, Unavailable e) {
        // a call that we broke off ourselves tells nothing of the far side
        if (!Thread.currentThread().isInterrupted() && breaker.failed(permission, e)) {
            silence = ObservedHealth.trouble(
                    "it is left alone but for single calls that try: %d calls in a row had no answer, at last: %s"
                            .formatted(EndpointCircuitBreaker.FAILURES, e.getMessage()),
                    clock.instant());
            LOG.warn(
                    "Endpoint {} is left alone for a while, {} calls in a row had no answer: {}",
                    endpoint,
                    EndpointCircuitBreaker.FAILURES,
                    e.getMessage());
        }
    }
}
