package dev.bes.orchestrator.remote.bes;

import java.time.Duration;
import java.time.Instant;
import java.util.function.DoubleSupplier;

/**
 * Keeps calls from a far side that is down: shut after some failures in a row, for longer and longer, and tried with one
 * call at a time until one has an answer.
 */
final class Breaker {

    static final int PATIENCE = 5;
    static final Duration SHORTEST = Duration.ofSeconds(1);
    static final Duration LONGEST = Duration.ofSeconds(60);

    private final DoubleSupplier random;
    private int failures;
    private Duration backoff = Duration.ZERO;
    private Instant opens = Instant.MIN;
    private Instant trialEnds = Instant.MIN;
    private long age;

    /** A breaker that shares out its waits by a random number from 0 to 1. */
    Breaker(DoubleSupplier random) {
        this.random = random;
    }

    /**
     * Whether a call may pass.
     *
     * @param age for {@link #failed}: a call that began before the last change says nothing new
     * @param delay how long to wait instead; nothing if it may pass
     */
    record Pass(long age, Duration delay) {
        boolean isOpen() {
            return delay.isZero();
        }
    }

    /** Whether a call that asked now would pass. */
    synchronized boolean isOpen(Instant now) {
        return backoff.isZero() || !(now.isBefore(opens) || now.isBefore(trialEnds));
    }

    /** Whether calls are kept back but for single ones that try. */
    synchronized boolean isShut() {
        return !backoff.isZero();
    }

    /** Asks to pass; after a back-off only the first one may, and others wait for what becomes of it. */
    synchronized Pass ask(Instant now) {
        if (backoff.isZero()) {
            return new Pass(age, Duration.ZERO);
        }
        if (now.isBefore(opens)) {
            return new Pass(age, Duration.between(now, opens));
        }
        if (now.isBefore(trialEnds)) {
            return new Pass(age, SHORTEST);
        }
        trialEnds = now.plus(LONGEST);
        return new Pass(age, Duration.ZERO);
    }

    /** The far side has answered, whatever it said; returns whether that opened it again. */
    synchronized boolean answered() {
        boolean wasShut = !backoff.isZero();
        failures = 0;
        backoff = Duration.ZERO;
        if (wasShut) {
            age++;
        }
        return wasShut;
    }

    /** The call that passed so had no answer; returns whether that shut it for the first time. */
    synchronized boolean failed(Pass pass, Instant now) {
        if (pass.age != age || ++failures < PATIENCE) {
            return false;
        }
        boolean first = backoff.isZero();
        Duration doubled = first ? SHORTEST : backoff.multipliedBy(2);
        backoff = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
        opens = now.plusMillis(Math.round(backoff.toMillis() * (0.5 + random.getAsDouble() / 2)));
        trialEnds = Instant.MIN;
        age++;
        return first;
    }
}
