package dev.bes.orchestrator.trigger.arrival;

import dev.bes.orchestrator.database.DatabaseFailure;
import dev.bes.orchestrator.files.FileErrorMessage;
import dev.bes.orchestrator.text.VisibleText;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs work on files so that a failure with one does not stop the others. Logs each reason once while it lasts. */
final class LogOnce {
    private static final Logger LOG = LoggerFactory.getLogger(LogOnce.class);
    private static final int MAX_LINES = 100;
    /** How long a file that will be taken may wait before that is logged. */
    static final Duration WAITING_GRACE = Duration.ofSeconds(45);

    private final InstantSource clock;
    private final Runnable progress;
    private final Set<Path> logged = new HashSet<>();
    private Map<Path, Entry> previous = Map.of();
    private Map<Path, Entry> current = new LinkedHashMap<>();
    private int lines;

    /** @param progress called after each piece of work, failed or not */
    LogOnce(InstantSource clock, Runnable progress) {
        this.clock = clock;
        this.progress = progress;
    }

    /** Work on files that may fail. */
    @FunctionalInterface
    interface Work {
        void run() throws IOException;
    }

    /**
     * A file or folder that is skipped.
     *
     * @param path the file or folder
     * @param reason why, and what to do
     * @param since when this node first found it skipped for this reason
     * @param grace how long it may last before it is logged
     */
    record Entry(Path path, String reason, Instant since, Duration grace) {
        boolean isDue(Instant time) {
            return !since.plus(grace).isAfter(time);
        }
    }

    /** Begins the next scan. A reason that was logged in the last scan is not logged again. */
    void nextRound() {
        previous = current;
        current = new LinkedHashMap<>();
        if (previous.isEmpty()) {
            lines = 0;
        }
    }

    /** Runs work on a file or folder, and logs the reason if it fails. */
    void run(Path path, Work work) {
        try {
            work.run();
        } catch (IOException | RuntimeException e) {
            logFailure(path, e);
        } finally {
            progress.run();
        }
    }

    /**
     * Runs work on a set of files in one transaction. If it fails with all of them, it runs with each alone, so that a bad one
     * stops no other.
     *
     * @param work is undone if it fails
     * @return the files with which it did not fail
     */
    <T> List<T> runSet(List<T> set, Function<T, Path> path, Consumer<List<T>> work) {
        List<T> done = new ArrayList<>();
        if (!set.isEmpty()) {
            try {
                work.accept(set);
                done.addAll(set);
            } catch (RuntimeException e) {
                if (set.size() == 1 || DatabaseFailure.isOutage(e)) {
                    set.forEach(one -> logFailure(path.apply(one), e));
                } else {
                    set.forEach(one -> done.addAll(runSet(List.of(one), path, work)));
                }
            }
            progress.run();
        }
        return done;
    }

    private void logFailure(Path path, Exception e) {
        DatabaseFailure failure = DatabaseFailure.of(e);
        if (failure == null) {
            log(path, FileErrorMessage.of(e, "used"), Duration.ZERO);
        } else if (failure.isOutage()) {
            LOG.debug("{} waits for the database", path, e);
        } else {
            log(path, "it waits: " + failure.text() + "; it is retried", WAITING_GRACE);
        }
    }

    /** Logs why a file or folder is skipped, after its grace time. */
    void log(Path path, String reason, Duration grace) {
        Entry old = previous.get(path);
        boolean known = old != null && old.reason.equals(reason);
        Instant time = clock.instant();
        Entry entry = old != null && known ? old : new Entry(path, reason, time, grace);
        current.put(path, entry);
        if (entry.isDue(time) && !(known && logged.contains(path))) {
            write(path, reason);
        }
    }

    private void write(Path path, String reason) {
        logged.add(path);
        if (lines++ < MAX_LINES) {
            LOG.warn("{}: {}", VisibleText.name(path.toString()), reason);
        } else if (lines == MAX_LINES + 1) {
            LOG.warn("More files are skipped than are logged here; GET /api/v1/attention counts them");
        }
    }

    /** The entries of this scan whose grace time has passed. */
    List<Entry> due() {
        Instant time = clock.instant();
        logged.retainAll(current.keySet());
        return current.values().stream().filter(entry -> entry.isDue(time)).toList();
    }
}
