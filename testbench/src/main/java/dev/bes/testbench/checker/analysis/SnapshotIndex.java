package dev.bes.testbench.checker.analysis;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import dev.bes.testbench.checker.analysis.RemoteJob.Purpose;
import dev.bes.testbench.checker.evidence.Snapshot;
import dev.bes.testbench.checker.evidence.Snapshot.Attempt;
import dev.bes.testbench.checker.evidence.Snapshot.Run;
import dev.bes.testbench.checker.evidence.Snapshot.Scoring;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** Relates the rows of a snapshot: runs, scorings, attempts, and the jobs of the remote side. */
public final class SnapshotIndex {

    private final Map<Long, Run> runs;
    private final Map<Long, Scoring> scorings;
    private final Map<Long, List<Scoring>> scoringsOfRuns;
    private final Map<Long, List<Attempt>> attemptsOfScorings;
    private final Map<String, Attempt> attemptsByJob = new HashMap<>();
    private final Map<Purpose, Attempt> attemptsByPurpose = new HashMap<>();
    private final Map<Carried, List<Attempt>> members;

    /** The attempt of a scoring that has a job for others. */
    private record Carried(long carrier, int attempt) {}

    /** Indexes a snapshot of the tables. */
    public SnapshotIndex(Snapshot database) {
        runs = database.runs().stream().collect(toMap(Run::id, Function.identity()));
        scorings = database.scorings().stream().collect(toMap(Scoring::id, Function.identity()));
        scoringsOfRuns = database.scorings().stream().collect(groupingBy(Scoring::run));
        attemptsOfScorings = database.attempts().stream().collect(groupingBy(Attempt::scoring));
        members = database.attempts().stream().filter(Attempt::isMember).collect(groupingBy(SnapshotIndex::carried));
        for (Attempt attempt : database.attempts()) {
            attemptsByPurpose.put(purpose(attempt), attempt);
            if (attempt.job() != null) {
                attemptsByJob.put(attempt.job(), attempt);
            }
        }
    }

    /** The run of a scoring. */
    public Run run(Scoring scoring) {
        return Objects.requireNonNull(runs.get(scoring.run()), "a scoring without its run");
    }

    /** The scoring of an attempt. */
    public Scoring scoring(Attempt attempt) {
        return Objects.requireNonNull(scorings.get(attempt.scoring()), "an attempt without its scoring");
    }

    /** The scorings of a run. */
    public List<Scoring> scorings(Run run) {
        return scoringsOfRuns.getOrDefault(run.id(), List.of());
    }

    /** The attempts of a scoring. */
    public List<Attempt> attempts(Scoring scoring) {
        return attemptsOfScorings.getOrDefault(scoring.id(), List.of());
    }

    /** The attempt that names a job. */
    public Optional<Attempt> boundTo(RemoteJob job) {
        return Optional.ofNullable(attemptsByJob.get(job.id()));
    }

    /** The attempt that a job was submitted for. */
    public Optional<Attempt> submittedFor(RemoteJob job) {
        return job.purpose().map(attemptsByPurpose::get);
    }

    /** The attempts that share the job of an attempt. */
    public List<Attempt> members(Attempt carrier) {
        return members.getOrDefault(new Carried(carrier.scoring(), carrier.number()), List.of());
    }

    /** The attempt whose job a member shares. */
    public Optional<Attempt> carrier(Attempt member) {
        Carried carried = carried(member);
        return attemptsOfScorings.getOrDefault(carried.carrier, List.of()).stream()
                .filter(attempt -> attempt.number() == carried.attempt)
                .findFirst();
    }

    private static Carried carried(Attempt member) {
        return new Carried(Objects.requireNonNull(member.carrier()), Objects.requireNonNull(member.carrierAttempt()));
    }

    /** The part of an output path that names this attempt. */
    Purpose purpose(Attempt attempt) {
        Scoring scoring = scoring(attempt);
        return new Purpose(scoring.run(), scoring.position(), attempt.number());
    }

    /** Names a scoring in a violation. */
    public static String describe(Scoring scoring) {
        return "run %d, scoring %d".formatted(scoring.run(), scoring.position());
    }

    /** Names an attempt in a violation. */
    public String describe(Attempt attempt) {
        return describe(scoring(attempt)) + ", attempt " + attempt.number();
    }
}
