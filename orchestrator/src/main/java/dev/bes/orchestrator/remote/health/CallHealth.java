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
 * Remembers what calls to one part of the far side have shown, kind by kind: a hop may refuse the one and let the other pass.
 * The log has one line when a trouble begins and one when it is over.
 */
public final class CallHealth {
    private static final Logger LOG = LoggerFactory.getLogger(CallHealth.class);

    /** A trouble that nobody has met again for so long says nothing of now: what is in trouble is tried again within minutes. */
    private static final Duration STALE = Duration.ofMinutes(15);

    /** Calls under way may say otherwise for a while, after each other; the log has enough of it once a minute. */
    private static final Duration QUIET = Duration.ofMinutes(1);

    private final String subject;
    private final InstantSource clock;
    private final Map<String, String> troubles = new LinkedHashMap<>();
    private volatile boolean called;
    private volatile boolean troubled;
    private Instant since = Instant.MIN;
    private Instant last = Instant.MIN;
    private Instant toldAt = Instant.MIN;
    private boolean told;

    /**
     * Remembers nothing yet.
     *
     * @param subject what is called, as the log names it
     */
    public CallHealth(String subject, InstantSource clock) {
        this.subject = subject;
        this.clock = clock;
    }

    /** A call of this kind was answered. */
    public void good(String call) {
        if (!called) {
            called = true;
        }
        if (troubled) {
            mend(call);
        }
    }

    /** A call of this kind was refused, or had no answer, for a reason without secrets. */
    public synchronized void bad(String call, String reason) {
        Instant now = clock.instant();
        called = true;
        last = now;
        troubles.put(call, reason);
        if (!troubled) {
            troubled = true;
            since = now;
            if (toldAt.equals(Instant.MIN) || !now.isBefore(toldAt.plus(QUIET))) {
                told = true;
                toldAt = now;
                LOG.warn("{} is in trouble: {}", subject, reason);
            }
        }
    }

    private synchronized void mend(String call) {
        troubles.remove(call);
        if (troubled && troubles.isEmpty()) {
            troubled = false;
            if (told) {
                told = false;
                LOG.info(
                        "{} answers as it should again, after {} s",
                        subject,
                        Duration.between(since, clock.instant()).toSeconds());
            }
        }
    }

    /** What the calls have shown. */
    public synchronized ObservedHealth condition() {
        if (!called) {
            return ObservedHealth.UNKNOWN;
        }
        if (!troubled) {
            return ObservedHealth.well("");
        }
        Instant now = clock.instant();
        if (now.isAfter(last.plus(STALE))) {
            return new ObservedHealth(
                    ObservedHealth.State.UNKNOWN,
                    "not called since " + last + ", when it was in trouble: " + String.join("; ", troubles.values()),
                    null);
        }
        return ObservedHealth.trouble(String.join("; ", troubles.values()), since);
    }
}
