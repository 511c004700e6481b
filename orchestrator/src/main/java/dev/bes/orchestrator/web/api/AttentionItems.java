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

/** What needs somebody's attention now. */
@Component
public final class AttentionItems {
    private static final Duration LATELY = Duration.ofHours(24);
    private static final int MOST = 100;

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

    /** Scorings that nothing is done about until somebody decides: the newest 100. */
    public List<AttentionView> parked() {
        return reader.parked(MOST);
    }

    /** Live scorings that wait because something went wrong: the newest 100. */
    public List<RetryingView> waiting() {
        return reader.waiting(MOST);
    }

    /** Runs that failed in the last 24 hours: the newest 100. */
    public List<RunView> failed() {
        Instant since = clock.instant().minus(LATELY);
        return reader.list(State.FAILED, null, null, MOST).stream()
                .filter(run -> run.endedAt() != null && run.endedAt().isAfter(since))
                .toList();
    }

    /** What lies in drop folders and is not taken: the first 100. */
    public List<SkippedFile> notTaken() {
        return skippedFiles.files();
    }

    /** How much lies in drop folders and is not taken. */
    public int notTakenCount() {
        return skippedFiles.count();
    }

    /** Dropped files that were put apart in the last 24 hours since they are not what was scored: the newest 100. */
    public List<ChangedFile> changed() {
        return changedFiles.since(clock.instant().minus(LATELY), MOST);
    }

    /** How many there are of all of them. */
    public int count() {
        return parked().size() + waiting().size() + failed().size() + changed().size() + notTakenCount();
    }
}
