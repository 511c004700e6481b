package dev.bes.orchestrator.web.api;

import dev.bes.orchestrator.account.Access;
import dev.bes.orchestrator.account.Role;
import dev.bes.orchestrator.run.State;
import dev.bes.orchestrator.run.query.AttentionView;
import dev.bes.orchestrator.run.query.RetryingView;
import dev.bes.orchestrator.run.query.RunFilter;
import dev.bes.orchestrator.run.query.RunReader;
import dev.bes.orchestrator.run.query.RunView;
import dev.bes.orchestrator.trigger.arrival.SkippedFiles;
import dev.bes.orchestrator.trigger.arrival.SkippedFiles.SkippedFile;
import dev.bes.orchestrator.trigger.arrival.container.FailingContainers;
import dev.bes.orchestrator.trigger.arrival.container.FailingContainers.Failure;
import dev.bes.orchestrator.trigger.arrival.ledger.ChangedFiles;
import dev.bes.orchestrator.trigger.arrival.ledger.ChangedFiles.ChangedFile;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Reads what needs attention now. */
@Component
public final class AttentionItems {
    private static final Duration RECENT = Duration.ofHours(24);
    private static final int LIMIT = 100;

    private final RunReader reader;
    private final SkippedFiles skippedFiles;
    private final FailingContainers failingContainers;
    private final ChangedFiles changedFiles;
    private final InstantSource clock;

    AttentionItems(
            RunReader reader,
            SkippedFiles skippedFiles,
            FailingContainers failingContainers,
            ChangedFiles changedFiles,
            InstantSource clock) {
        this.reader = reader;
        this.skippedFiles = skippedFiles;
        this.failingContainers = failingContainers;
        this.changedFiles = changedFiles;
        this.clock = clock;
    }

    /** Scorings that wait for the decision of a user: the newest 100. */
    public List<AttentionView> needsAttention(Access access) {
        return reader.needingAttention(access.scope(Role.VIEWER), LIMIT);
    }

    /** The runs among these whose scorings the caller may resume. */
    public Set<Long> resumable(Access access, List<AttentionView> waiting) {
        Map<Long, String> definitions =
                reader.definitions(waiting.stream().map(AttentionView::run).toList());
        return waiting.stream()
                .map(AttentionView::run)
                .filter(run -> access.may(Role.OPERATOR, definitions.getOrDefault(run, "")))
                .collect(Collectors.toSet());
    }

    /** Live scorings that are retried after a failure: the newest 100. */
    public List<RetryingView> waiting(Access access) {
        return reader.waiting(access.scope(Role.VIEWER), LIMIT);
    }

    /** Runs that failed in the last 24 hours: the newest 100. */
    public List<RunView> failed(Access access) {
        Instant since = clock.instant().minus(RECENT);
        return reader.list(RunFilter.ALL.in(State.FAILED).within(access.scope(Role.VIEWER)), LIMIT).stream()
                .filter(run -> run.endedAt() != null && run.endedAt().isAfter(since))
                .toList();
    }

    /** Entries of drop folders that are not taken: the first 100. They belong to no definition, so only who may see everything sees them. */
    public List<SkippedFile> notTaken(Access access) {
        return access.mayEverywhere(Role.VIEWER) ? skippedFiles.files() : List.of();
    }

    /** How many entries of drop folders are not taken. */
    public int notTakenCount(Access access) {
        return access.mayEverywhere(Role.VIEWER) ? skippedFiles.count() : 0;
    }

    /** What fails with containers whose blobs become runs. Only who may see everything sees it, as with entries of drop folders. */
    public List<Failure> failingContainers(Access access) {
        return access.mayEverywhere(Role.VIEWER) ? failingContainers.failures() : List.of();
    }

    /** Dropped files whose change after scoring was detected in the last 24 hours: the newest 100. */
    public List<ChangedFile> changed(Access access) {
        List<ChangedFile> changed = changedFiles.since(clock.instant().minus(RECENT), LIMIT);
        if (access.mayEverywhere(Role.VIEWER)) {
            return changed;
        }
        Map<Long, String> definitions =
                reader.definitions(changed.stream().map(ChangedFile::run).toList());
        return changed.stream()
                .filter(file -> access.may(Role.VIEWER, definitions.getOrDefault(file.run(), "")))
                .toList();
    }

    /** How many items there are in all lists together. */
    public int count(Access access) {
        return needsAttention(access).size()
                + waiting(access).size()
                + failed(access).size()
                + changed(access).size()
                + failingContainers(access).size()
                + notTakenCount(access);
    }
}
