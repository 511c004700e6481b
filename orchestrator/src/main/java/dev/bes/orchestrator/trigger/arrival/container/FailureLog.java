package dev.bes.orchestrator.trigger.arrival.container;

import dev.bes.orchestrator.database.DatabaseFailure;
import dev.bes.orchestrator.text.VisibleText;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs work that may fail without stopping what comes after it. Logs each failure once while it lasts. */
final class FailureLog {
    private static final Logger LOG = LoggerFactory.getLogger(FailureLog.class);

    private Map<String, String> now = new HashMap<>();
    private Map<String, String> before = Map.of();

    /** Begins the next round. A failure that was logged in the last one is not logged again. */
    void nextRound() {
        before = now;
        now = new HashMap<>();
    }

    /**
     * Runs the work.
     *
     * @param what names it in the log
     */
    void attempt(String what, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            DatabaseFailure failure = DatabaseFailure.of(e);
            String message = failure == null ? String.valueOf(e.getMessage()) : failure.text();
            if (failure != null && failure.isOutage()) {
                LOG.debug("{} waits for the database", what, e);
            } else {
                now.put(what, message);
                if (!message.equals(before.get(what))) {
                    LOG.warn("{} failed and is tried again: {}", VisibleText.name(what), message);
                }
            }
        }
    }
}
