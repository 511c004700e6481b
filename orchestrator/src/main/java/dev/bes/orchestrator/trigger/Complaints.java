package dev.bes.orchestrator.trigger;

import dev.bes.orchestrator.run.DatabaseFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps trouble with one file from the others, and says it once while it lasts. */
final class Complaints {
    private static final Logger LOG = LoggerFactory.getLogger(Complaints.class);

    private final Runnable moved;
    private Map<Path, String> before = Map.of();
    private Map<Path, String> now = new HashMap<>();

    /** @param moved is told whenever some work was done, well or not */
    Complaints(Runnable moved) {
        this.moved = moved;
    }

    /** Work on files that may fail. */
    @FunctionalInterface
    interface Work {
        void run() throws IOException;
    }

    /** Begins another round; what fails again in the same way is not said again. */
    void nextRound() {
        before = now;
        now = new HashMap<>();
    }

    /** Does something with a file or a folder; if that fails, the reason is logged. */
    void about(Path what, Work work) {
        try {
            work.run();
        } catch (IOException | RuntimeException e) {
            if (DatabaseFailure.isOutage(e)) {
                LOG.debug("{} waits for the database", what, e);
                return;
            }
            String trouble = e.toString();
            now.put(what, trouble);
            if (!trouble.equals(before.get(what))) {
                LOG.warn("{}: {}", what, trouble);
            }
        } finally {
            moved.run();
        }
    }
}
