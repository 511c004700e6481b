package dev.bes.orchestrator.remote.health;

import dev.bes.orchestrator.remote.ObservedHealth;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records the health of an endpoint or of the blob store by kind of call, since a hop may refuse one kind only. The log has
 * one line when failures begin and one when they end.
 */
public final class CallHealth {
    private static final Logger LOG = LoggerFactory.getLogger(CallHealth.class);

    /** A failure that is older says nothing about now: failed calls are repeated within minutes. */
    private static final Duration STALE = Duration.ofMinutes(15);

    /** Calls under way may fail and succeed in turn, so the log has at most one warning a minute. */
    private static final Duration LOG_INTERVAL = Duration.ofMinutes(1);

    private final String subject;
    private final InstantSource clock;
    private final Map<String, String> failures = new LinkedHashMap<>();
    private volatile boolean called;
    private volatile boolean failing;
    private Instant since = Instant.MIN;
    private Instant last = Instant.MIN;
    private Instant loggedAt = Instant.MIN;
    private boolean logged;

    /**
     * Starts without any call.
     *
     * @param subject name in the log
     */
    public CallHealth(String subject, InstantSource clock) {
        this.subject = subject;
        this.clock = clock;
    }

    /** Records an answered call of this kind. */
    public void succeeded(String call) {
        if (!called) {
            called = true;
        }
        if (failing) {
            recovered(call);
        }
    }

    /** Records a failed call of this kind. The reason must hold no secrets. */
    public synchronized void failed(String call, String reason) {
        Instant now = clock.instant();
        called = true;
        last = now;
        failures.put(call, reason);
        if (!failing) {
            failing = true;
            since = now;
            if (loggedAt.equals(Instant.MIN) || !now.isBefore(loggedAt.plus(LOG_INTERVAL))) {
                logged = true;
                loggedAt = now;
                LOG.warn("{}: calls fail: {}", subject, reason);
            }
        }
    }

    private synchronized void recovered(String call) {
        failures.remove(call);
        if (failing && failures.isEmpty()) {
            failing = false;
            if (logged) {
                logged = false;
                LOG.info(
                        "{}: calls succeed again, after {} s",
                        subject,
                        Duration.between(since, clock.instant()).toSeconds());
            }
        }
    }

    /** The health, as the calls have shown it. */
    public synchronized ObservedHealth observedHealth() {
        if (!called) {
            return ObservedHealth.UNKNOWN;
        }
        if (!failing) {
            return ObservedHealth.healthy("");
        }
        Instant now = clock.instant();
        if (now.isAfter(last.plus(STALE))) {
            return new ObservedHealth(
                    ObservedHealth.State.UNKNOWN,
                    "not called since " + last + ", when calls failed: " + String.join("; ", failures.values()),
                    null);
        }
        return ObservedHealth.unhealthy(String.join("; ", failures.values()), since);
    }
}
