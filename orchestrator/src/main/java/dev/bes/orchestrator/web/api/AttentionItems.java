package dev.bes.orchestrator.web.api;

import dev.bes.orchestrator.run.State;
import dev.bes.orchestrator.run.query.AttentionView;
import dev.bes.orchestrator.run.query.RetryingView;
import dev.bes.orchestrator.run.query.RunReader;
import dev.bes.orchestrator.run.query.RunView;
import dev.bes.orchestrator.trigger.arrival.ChangedFiles;
import dev.bes.orchestrator.trigger.arrival.ChangedFiles.ChangedFile;
import dev.bes.orchestrator.trigger.arrival.SkippedFiles;
import dev.bes.orchestrator.trigger.arrival.SkippedFiles.SkippedFile;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.springframework.stereotype.Component;

/** Reads what needs attention now. */
@Component
public final class AttentionItems {
    private static final Duration RECENT = Duration.ofHours(24);
    private static final int LIMIT = 100;

    private final RunReader reader;
    private final SkippedFiles skippedFiles;
    private final ChangedFiles changedFiles;
    private final InstantSource clock;

    AttentionItems(RunReader reader, SkippedFiles skippedFiles, ChangedFiles changedFiles, InstantSource clock) {
        this.reader = reader;
        this.skippedFiles = skippedFiles;
        this.changedFiles = changedFiles;
        this.clock = clock;
    }

    /** Scorings that wait for the decision of a user: the newest 100. */
    public List<AttentionView> needsAttention() {
        return reader.needingAttention(LIMIT);
    }

    /** Live scorings that are retried after a failure: the newest 100. */
    public List<RetryingView> waiting() {
        return reader.waiting(LIMIT);
    }

    /** Runs that failed in the last 24 hours: the newest 100. */
    public List<RunView> failed() {
        Instant since = clock.instant().minus(RECENT);
        return reader.list(State.FAILED, null, null, LIMIT).stream()
                .filter(run -> run.endedAt() != null && run.endedAt().isAfter(since))
                .toList();
    }

    /** Entries of drop folders that are not taken: the first 100. */
    public List<SkippedFile> notTaken() {
        return skippedFiles.files();
    }

    /** How many entries of drop folders are not taken. */
    public int notTakenCount() {
        return skippedFiles.count();
    }

    /** Dropped files whose change after scoring was detected in the last 24 hours: the newest 100. */
    public List<ChangedFile> changed() {
        return changedFiles.since(clock.instant().minus(RECENT), LIMIT);
    }

    /** How many items there are in all lists together. */
    public int count() {
        return needsAttention().size()
                + waiting().size()
                + failed().size()
                + changed().size()
                + notTakenCount();
    }
}
