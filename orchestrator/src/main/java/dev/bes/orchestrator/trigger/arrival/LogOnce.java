package dev.bes.orchestrator.trigger.arrival;

import dev.bes.orchestrator.database.DatabaseFailure;
import dev.bes.orchestrator.files.FileErrorMessage;
import dev.bes.orchestrator.text.VisibleText;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps trouble with one file from the others, says it once while it lasts, and knows what lasts. */
final class LogOnce {
    private static final Logger LOG = LoggerFactory.getLogger(LogOnce.class);
    private static final int MOST_LINES = 100;

    private final InstantSource clock;
    private final Runnable moved;
    private final Set<Path> said = new HashSet<>();
    private Map<Path, Complaint> before = Map.of();
    private Map<Path, Complaint> now = new LinkedHashMap<>();
    private int lines;

    /** @param moved is told whenever some work was done, well or not */
    LogOnce(InstantSource clock, Runnable moved) {
        this.clock = clock;
        this.moved = moved;
    }

    /** Work on files that may fail. */
    @FunctionalInterface
    interface Work {
        void run() throws IOException;
    }

    /**
     * What is wrong with a file or a folder.
     *
     * @param what the file
     * @param reason why, and what to do
     * @param since when that was first seen
     * @param grace how long it may last before it is said
     */
    record Complaint(Path what, String reason, Instant since, Duration grace) {
        boolean isDue(Instant time) {
            return !since.plus(grace).isAfter(time);
        }
    }

    /** Begins another round; what is the same as in the last one is not said again. */
    void nextRound() {
        before = now;
        now = new LinkedHashMap<>();
        if (before.isEmpty()) {
            lines = 0;
        }
    }

    /** Does something with a file or a folder; if that fails, the reason is logged. */
    void about(Path what, Work work) {
        try {
            work.run();
        } catch (IOException | RuntimeException e) {
            DatabaseFailure failure = DatabaseFailure.of(e);
            if (failure == null) {
                say(what, FileErrorMessage.words(e, "used"), Duration.ZERO);
            } else if (failure.isOutage()) {
                LOG.debug("{} waits for the database", what, e);
            } else {
                say(what, "it waits: " + failure.words() + "; it is tried again", DropFolderPoller.PATIENCE);
            }
        } finally {
            moved.run();
        }
    }

    /** Says why a file or a folder is left alone, once it has been so for a while. */
    void say(Path what, String reason, Duration grace) {
        Complaint old = before.get(what);
        boolean known = old != null && old.reason.equals(reason);
        Instant time = clock.instant();
        Complaint complaint = old != null && known ? old : new Complaint(what, reason, time, grace);
        now.put(what, complaint);
        if (complaint.isDue(time) && !(known && said.contains(what))) {
            log(what, reason);
        }
    }

    private void log(Path what, String reason) {
        said.add(what);
        if (lines++ < MOST_LINES) {
            LOG.warn("{}: {}", VisibleText.name(what.toString()), reason);
        } else if (lines == MOST_LINES + 1) {
            LOG.warn("More files are left alone than are named here; the page of problems counts them");
        }
    }

    /** What was wrong in this round, and has been for long enough. */
    List<Complaint> due() {
        Instant time = clock.instant();
        said.retainAll(now.keySet());
        return now.values().stream().filter(complaint -> complaint.isDue(time)).toList();
    }
}
