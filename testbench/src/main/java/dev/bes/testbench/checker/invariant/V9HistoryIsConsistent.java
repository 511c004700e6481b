package dev.bes.testbench.checker.invariant;

import dev.bes.testbench.checker.analysis.AllowedTransitions;
import dev.bes.testbench.checker.analysis.FaultWindow;
import dev.bes.testbench.checker.analysis.RemoteJob;
import dev.bes.testbench.checker.analysis.SnapshotIndex;
import dev.bes.testbench.checker.analysis.Violations;
import dev.bes.testbench.checker.evidence.CheckerSettings;
import dev.bes.testbench.checker.evidence.Evidence;
import dev.bes.testbench.checker.evidence.Snapshot.Attempt;
import dev.bes.testbench.checker.evidence.Snapshot.Move;
import dev.bes.testbench.checker.evidence.Snapshot.Run;
import dev.bes.testbench.checker.evidence.Snapshot.Scoring;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The history of each run and of each scoring counts from 1 without gaps. It begins at the first state. Each move
 * begins where the one before ended and is an allowed transition, so no end is left. The last move ends where the row
 * says, and the row counts as many moves. A run ends as its scorings have: Failed if one has, else Cancelled if one was, else Finished. So
 * neither a shadow nor the run with a shared job decides how another run ends.
 *
 * <p>The end of a scoring agrees with the last state of its job on the remote side: Finished with Finished; Failed
 * and Cancelled with any end, since a job that is being stopped may still finish, unless it was never started or is
 * forgotten. A job that was Running for longer than {@link CheckerSettings#pollMost()}, without a fault nearby, was
 * recorded as Running. The same for every class of remote services; where rows are scored in batches, there is no job to
 * compare with.
 */
public final class V9HistoryIsConsistent {

    private final Evidence evidence;
    private final SnapshotIndex index;
    private final Map<String, RemoteJob> jobs = new HashMap<>();
    private final Violations violations = new Violations();

    private V9HistoryIsConsistent(Evidence evidence) {
        this.evidence = evidence;
        this.index = new SnapshotIndex(evidence.database());
        RemoteJob.in(evidence.journal()).forEach(job -> jobs.put(job.id(), job));
    }

    /** Checks the invariant; returns one line per violation. */
    public static List<String> violations(Evidence evidence) {
        V9HistoryIsConsistent it = new V9HistoryIsConsistent(evidence);
        evidence.database().runs().forEach(it::check);
        evidence.database().scorings().forEach(it::check);
        return it.violations.list();
    }

    private void check(Run run) {
        String last = AllowedTransitions.RUN_START;
        int seq = 0;
        for (Move move : moves(move -> move.run() == run.id() && move.scoring() == null)) {
            isNext(move, ++seq, last, "run " + run.id());
            boolean allowed = AllowedTransitions.allowsRun(move.from(), move.to());
            violations.require(allowed, "run %d: %s is no move of a run", run.id(), describe(move));
            last = move.to();
        }
        endsAs("run " + run.id(), last, seq, run.state(), run.moves());
        Set<String> states = index.scorings(run).stream().map(Scoring::state).collect(Collectors.toSet());
        String end = Stream.of("Failed", "Cancelled")
                .filter(states::contains)
                .findFirst()
                .orElse("Finished");
        violations.require(
                run.endedAt() == null || states.isEmpty() || run.state().equals(end),
                "run %d is %s, and its scorings are %s",
                run.id(),
                run.state(),
                states);
    }

    private void check(Scoring scoring) {
        String name = SnapshotIndex.describe(scoring);
        List<Move> moves = moves(move -> Objects.equals(move.scoring(), scoring.id()));
        String last = AllowedTransitions.START;
        int seq = 0;
        int attempt = 1;
        for (Move move : moves) {
            isNext(move, ++seq, last, name);
            boolean allowed = AllowedTransitions.allowsScoring(move.from(), move.to());
            violations.require(allowed, "%s: %s is not allowed", name, describe(move));
            boolean current = Objects.equals(move.attempt(), attempt);
            violations.require(current, "%s: %s is not of attempt %d", name, describe(move), attempt);
            last = move.to();
            attempt += AllowedTransitions.isNextAttempt(move.from(), move.to()) ? 1 : 0;
        }
        endsAs(name, last, seq, scoring.step() + " " + scoring.state(), scoring.moves());
        violations.require(
                attempt == scoring.attempt(),
                "%s is at attempt %d, its history at %d",
                name,
                scoring.attempt(),
                attempt);
        index.attempts(scoring).forEach(each -> goesWithItsJob(scoring, each, moves));
    }

    private void isNext(Move move, int seq, String from, String name) {
        violations.require(move.seq() == seq, "%s: move %d is where %d should be", name, move.seq(), seq);
        violations.require(move.from().equals(from), "%s: %s does not begin at %s", name, describe(move), from);
    }

    private void endsAs(String name, String last, int seq, String row, int moves) {
        violations.require(last.equals(row), "%s is %s, its history ends as %s", name, row, last);
        violations.require(moves == seq, "%s has moved %d times, its history has %d moves", name, moves, seq);
    }

    private void goesWithItsJob(Scoring scoring, Attempt attempt, List<Move> moves) {
        RemoteJob job = attempt.job() == null ? null : jobs.get(attempt.job());
        if (job == null || !job.started()) {
            return;
        }
        boolean forgotten = scoring.cause() != null && scoring.cause().contains("forgotten");
        boolean ended = RemoteJob.ENDS.contains(attempt.state());
        violations.require(
                !ended
                        || forgotten
                        || (attempt.state().equals("Finished") ? job.state().equals("Finished") : job.ended()),
                "%s is %s, its job %s is %s",
                index.describe(attempt),
                attempt.state(),
                job.id(),
                job.state());
        violations.require(
                !ranForLong(job)
                        || moves.stream()
                                .anyMatch(move -> Objects.equals(move.attempt(), attempt.number())
                                        && move.to().equals("STARTED Running")),
                "%s ran for longer than %s, but history has no Running",
                job,
                evidence.policy().pollMost());
    }

    private boolean ranForLong(RemoteJob job) {
        Instant running = job.since("Running").orElse(null);
        Instant ended = job.endedAt().orElse(evidence.database().readAt());
        Duration noticed = evidence.policy().pollMost().plus(evidence.policy().tolerance());
        return running != null
                && ended.isAfter(running.plus(noticed))
                && FaultWindow.in(evidence.driver()).stream()
                        .noneMatch(fault ->
                                fault.overlaps(running, ended, evidence.policy().recovery()));
    }

    private List<Move> moves(java.util.function.Predicate<Move> which) {
        Stream<Move> all = evidence.database().moves().stream();
        return all.filter(which).sorted(Comparator.comparingInt(Move::seq)).toList();
    }

    private static String describe(Move move) {
        return "move %d, %s > %s".formatted(move.seq(), move.from(), move.to());
    }
}
