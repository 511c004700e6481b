package dev.bes.orchestrator.trigger.arrival.container;

import dev.bes.orchestrator.database.DatabaseFailure;
import dev.bes.orchestrator.remote.RemoteException;
import dev.bes.orchestrator.text.VisibleText;
import dev.bes.orchestrator.trigger.arrival.container.FailingContainers.Failure;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs work that may fail without stopping what comes after it. Logs each failure once while it lasts. */
final class FailureLog {
    private static final Logger LOG = LoggerFactory.getLogger(FailureLog.class);

    private final InstantSource clock;
    private Map<String, Failure> now = new LinkedHashMap<>();
    private Map<String, Failure> before = Map.of();

    FailureLog(InstantSource clock) {
        this.clock = clock;
    }

    /** Begins the next round. A failure that was logged in the last one is not logged again. */
    void nextRound() {
        before = now;
        now = new LinkedHashMap<>();
    }

    /** The failures of this round. */
    List<Failure> failures() {
        return List.copyOf(now.values());
    }

    /**
     * Runs the work.
     *
     * @param container the container that it is about, as the ledger names it; empty if it is about all
     * @param what names it
     */
    void attempt(String container, String what, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            failed(container, what, e);
        }
    }

    /** Notes that work failed. */
    void failed(String container, String what, RuntimeException e) {
        DatabaseFailure failure = DatabaseFailure.of(e);
        if (failure != null && failure.isOutage()) {
            LOG.debug("{} waits for the database", what, e);
            return;
        }
        String reason = failure == null ? reason(container, e) : failure.text();
        Failure last = before.get(what);
        if (last != null && last.reason().equals(reason)) {
            now.put(what, last);
        } else {
            String shown = VisibleText.name(what);
            now.put(what, new Failure(VisibleText.name(container), shown, reason, clock.instant()));
            LOG.warn("{} failed and is tried again: {}", shown, reason);
        }
    }

    /** Why, and what to do. */
    private static String reason(String container, RuntimeException e) {
        String store = container.substring(0, Math.max(0, container.indexOf('/')));
        String todo = switch (e) {
            case RemoteException.NotFound _ ->
                "; create the container, or correct orchestrator.blobs.stores." + store + ".container";
            case RemoteException.Refused _ ->
                "; the key or identity of store '" + store
                        + "' needs the right to list and read blobs there, and to write and delete them if scored blobs"
                        + " are archived or deleted";
            default -> "; it is tried again and goes on by itself";
        };
        return e.getMessage() + todo;
    }
}
