package dev.bes.orchestrator.remote.budget;

import dev.bes.orchestrator.remote.RemoteException.Throttled;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** Keeps every node from calling for as long as the gateway has asked one of them to wait. */
final class SharedBackoff {
    private final BackoffRows backoffRows;
    private final String name;
    private final InstantSource clock;
    private final AtomicReference<Instant> until = new AtomicReference<>(Instant.EPOCH);

    SharedBackoff(BackoffRows backoffRows, String name, InstantSource clock) {
        this.backoffRows = backoffRows;
        this.name = name;
        this.clock = clock;
    }

    /**
     * Lets calls pass, or not.
     *
     * @throws Throttled if they are to wait
     */
    void check() {
        Duration wait = delay();
        if (wait.isPositive()) {
            throw new Throttled(
                    "Not sent: the managed API asked us to wait for another " + Math.ceilDiv(wait.toMillis(), 1000)
                            + " s (call budget " + name + ")",
                    wait);
        }
    }

    /** How long it stays shut; nothing or less if it is open. */
    Duration delay() {
        return Duration.between(clock.instant(), until.get());
    }

    /** The gateway has asked this node to wait: all others learn it from the database. */
    void shut(Duration wait) {
        heard(wait);
        try {
            backoffRows.shut(name, wait);
        } catch (DataAccessException | TransactionException e) {
            // without the database the others take on nothing either; they will be told by the gateway itself
        }
    }

    /** Some node was asked to wait. */
    void heard(Duration wait) {
        until.accumulateAndGet(clock.instant().plus(wait), (a, b) -> a.isAfter(b) ? a : b);
    }
}
