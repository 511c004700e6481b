package dev.bes.orchestrator.remote.bes;

import dev.bes.orchestrator.remote.CallHealth;
import dev.bes.orchestrator.remote.Condition;
import dev.bes.orchestrator.remote.RemoteException;
import dev.bes.orchestrator.remote.RemoteException.Throttled;
import dev.bes.orchestrator.remote.RemoteException.Unavailable;
import dev.bes.orchestrator.remote.bes.Purse.Payment;
import dev.bes.orchestrator.remote.budget.CallBudget;
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
final class Gate {
    private static final Logger LOG = LoggerFactory.getLogger(Gate.class);

    private final String endpoint;
    private final InstantSource clock;
    private final Breaker breaker;
    private final Purse purse;
    private final CallHealth health;
    private final AtomicReference<Instant> shutUntil = new AtomicReference<>(Instant.MIN);
    private volatile Condition silence = Condition.UNKNOWN;

    Gate(String endpoint, InstantSource clock, Breaker breaker, CallBudget budget) {
        this.endpoint = endpoint;
        this.clock = clock;
        this.breaker = breaker;
        this.purse = new Purse(budget, clock);
        this.health = new CallHealth("Endpoint " + endpoint, clock);
    }

    /**
     * Makes the call, unless the gate is shut.
     *
     * @throws Throttled without calling, if the gate is shut or the budget used up; or from the call itself, which shuts the
     *     gate
     */
    <T> T pass(Call call, Supplier<T> exchange) {
        Instant now = clock.instant();
        Instant opens = shutUntil.get();
        if (now.isBefore(opens)) {
            throw shut(call, "the far side asked us to wait until " + opens, Duration.between(now, opens));
        }
        Payment payment = purse.pay(call);
        Breaker.Pass pass = breaker.ask(now);
        if (!pass.isOpen()) {
            payment.giveBack();
            throw shut(call, "the far side has given no answers lately", pass.delay());
        }
        boolean good = false;
        try {
            T answer = pass(call, pass, exchange);
            good = true;
            return answer;
        } finally {
            payment.answered(good);
        }
    }

    /** Whether a call that came now would be sent, unless the budget is used up. */
    boolean isOpen() {
        Instant now = clock.instant();
        return !now.isBefore(shutUntil.get()) && breaker.isOpen(now);
    }

    /** What the calls have shown of the far side lately. */
    Condition condition() {
        if (breaker.isShut()) {
            return silence;
        }
        Condition shown = health.condition();
        Instant opens = shutUntil.get();
        return shown.isTrouble() || !clock.instant().isBefore(opens)
                ? shown
                : Condition.well("it asked us to wait until " + opens);
    }

    /** The gateway has said how many calls it has left for us. */
    void remaining(int calls) {
        purse.remaining(calls);
    }

    private <T> T pass(Call call, Breaker.Pass pass, Supplier<T> exchange) {
        try {
            T answer = exchange.get();
            answered();
            health.good(call.word());
            return answer;
        } catch (Unavailable e) {
            failed(pass, e);
            throw e;
        } catch (Throttled e) {
            Instant until = clock.instant().plus(e.retryAfter());
            shutUntil.accumulateAndGet(until, (a, b) -> a.isAfter(b) ? a : b);
            if (e.byGateway()) {
                purse.shut(e.retryAfter());
            }
            answered();
            throw e;
        } catch (RemoteException e) {
            answered();
            note(call, e);
            throw e;
        }
    }

    private void note(Call call, RemoteException e) {
        if (call.isInTrouble(e)) {
            health.bad(call.word(), String.valueOf(e.getMessage()));
        } else {
            health.good(call.word());
        }
    }

    private Throttled shut(Call call, String why, Duration wait) {
        return new Throttled("Endpoint %s, %s: not sent, %s".formatted(endpoint, call.word(), why), wait);
    }

    private void answered() {
        if (breaker.answered()) {
            LOG.info("Endpoint {} answers again", endpoint);
        }
    }

    private void failed(Breaker.Pass pass, Unavailable e) {
        // a call that we broke off ourselves tells nothing of the far side
        if (!Thread.currentThread().isInterrupted() && breaker.failed(pass, clock.instant())) {
            silence = Condition.trouble(
                    "it is left alone but for single calls that try: %d calls in a row had no answer, at last: %s"
                            .formatted(Breaker.PATIENCE, e.getMessage()),
                    clock.instant());
            LOG.warn(
                    "Endpoint {} is left alone for a while, {} calls in a row had no answer: {}",
                    endpoint,
                    Breaker.PATIENCE,
                    e.getMessage());
        }
    }
}
