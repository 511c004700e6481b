package dev.bes.testbench.checker;

import static dev.bes.testbench.checker.World.FOLDER;
import static dev.bes.testbench.checker.World.at;
import static dev.bes.testbench.checker.World.job;
import static dev.bes.testbench.checker.World.replace;

import dev.bes.sandbox.journal.JournalEntry;
import dev.bes.sandbox.journal.JournalEntry.Event;
import dev.bes.testbench.checker.evidence.DriverEntry;
import dev.bes.testbench.checker.evidence.FaultKind;
import dev.bes.testbench.checker.evidence.Snapshot.DroppedFile;
import dev.bes.testbench.checker.evidence.Snapshot.Firing;
import dev.bes.testbench.checker.evidence.Snapshot.Move;
import dev.bes.testbench.checker.evidence.Snapshot.Run;
import dev.bes.testbench.checker.evidence.Snapshot.Scoring;
import dev.bes.testbench.checker.evidence.Snapshot.Trigger;
import dev.bes.testbench.checker.evidence.StoredFile;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Ways in which rows, triggers and files are spoilt; run 1 suffers, 9 is nobody's number. */
final class SpoiltRows {

    private SpoiltRows() {}

    static void acknowledgedKeyWithoutRun(World world) {
        world.driver.add(new DriverEntry.Acknowledged(at(10), "k9", 9));
    }

    static void twoRunsForOneKey(World world) {
        world.finished(9, "request", "request:k1");
    }

    static void runThatNobodyAskedFor(World world) {
        world.finished(9, "request", "request:k9");
    }

    static void committedRequestWithoutRun(World world) {
        world.driver.add(new DriverEntry.RequestCommitted(at(10), "k9"));
    }

    static void backfillWithoutRun(World world) {
        world.driver.add(new DriverEntry.BackfillAsked(at(10), "hash", "tick", List.of(at(5000))));
        world.driver.add(new DriverEntry.BackfillAcknowledged(at(20), "hash", "tick", List.of(at(5000))));
    }

    static void twoRunsForATimeOfABackfill(World world) {
        backfillWithoutRun(world);
        world.finished(8, "schedule", "schedule:tick:" + at(5000));
        world.finished(9, "schedule", "schedule:tick:" + at(5000));
    }

    static void fileOfAGroupWithoutScoring(World world) {
        UUID other = new UUID(9, 9);
        world.driver.add(new DriverEntry.FileDropped(at(0), "hash", FOLDER, "b.csv", "file-b"));
        world.ledger.add(new DroppedFile(other, FOLDER, "b.csv", 2, "archive"));
        world.dropped.add(new StoredFile(FOLDER + "/archive/2-b.csv", "file-b"));
    }

    static void fileTakenTwice(World world) {
        UUID again = new UUID(9, 9);
        world.ledger.add(new DroppedFile(again, FOLDER, "a.csv", 9, "archive"));
        world.finished(9, "files", "file:" + again);
    }

    static void fireTimeLost(World world) {
        world.driver.add(new DriverEntry.FireTimePassed(at(1000), "hash", "tick", at(1000)));
    }

    static void firedAtNoInstant(World world) {
        world.finished(9, "schedule", "schedule:tick:" + at(1));
    }

    static void firedBehindTheList(World world) {
        world.finished(9, "schedule", "schedule:tick:" + at(5000));
        replace(world.runs, run -> run.id() == 9, run -> with(run, at(5000), run.endedAt()));
    }

    static void runWithoutEnd(World world) {
        waiting(world, null, null);
    }

    static void parked(World world) {
        waiting(world, "no clear answer", "submits-unanswered");
    }

    static void parkedWithoutCause(World world) {
        waiting(world, null, "submits-unanswered");
    }

    private static void waiting(World world, @Nullable String cause, @Nullable String attention) {
        world.driver.add(new DriverEntry.Asked(at(0), "hash", "k9"));
        world.runs.add(new Run(9, "hash", "request:k9", "request", null, "NotStarted", null, 1, 0, at(0), null, null));
        world.scorings.add(new Scoring(90, 9, 1, "PLANNED", "NotStarted", 1, 0, cause, attention, 0));
    }

    static void endsTooLate(World world) {
        replace(world.runs, run -> run.id() == 1, run -> with(run, run.fireTime(), at(61_000)));
    }

    static void faultWithoutEnd(World world) {
        world.driver.add(new DriverEntry.FaultBegun(at(0), "f9", FaultKind.NODE_KILLED, "node 1"));
    }

    static void deletedAtItsDeadline(World world) {
        SpoiltJobs.deletedForNothing(world);
        String cause = "Job 1 took longer than its deadline of PT1S";
        replace(
                world.moves,
                move -> isOf(move, 10L) && move.seq() >= 5,
                move -> new Move(1, 10L, move.seq() + 1, 1, move.from(), move.to(), move.at(), null));
        world.moves.add(new Move(1, 10L, 5, 1, "STARTED Running", "STARTED Running", at(2400), cause));
        scoring(world, it -> new Scoring(10, 1, 1, it.step(), it.state(), 1, 7, null, null, 0));
    }

    static void moveMissing(World world) {
        world.moves.removeIf(move -> isOf(move, 10L) && move.seq() == 4);
    }

    static void endLeft(World world) {
        world.move(1, 10L, 7, "DELIVERED Finished", "DELIVERED Finished", 4100);
        scoring(world, it -> new Scoring(10, 1, 1, it.step(), it.state(), 1, 7, null, null, 0));
    }

    static void rowSaysElse(World world) {
        scoring(world, it -> new Scoring(10, 1, 1, "SCORED", "Running", 1, 6, null, null, 0));
    }

    static void longRunUnnoted(World world) {
        replace(
                world.journal,
                entry -> isOf(entry, 1, Event.STATE) && "Running".equals(entry.fact("to")),
                entry -> new JournalEntry(entry.seq(), at(-9000), Event.STATE, entry.job(), entry.facts()));
        world.moves.removeIf(move -> isOf(move, 10L) && move.seq() >= 4);
        world.move(1, 10L, 4, "STARTED NotStarted", "SCORED Running", 3400);
        world.move(1, 10L, 5, "SCORED Running", "DELIVERED Finished", 4000);
        scoring(world, it -> new Scoring(10, 1, 1, it.step(), it.state(), 1, 5, null, null, 0));
    }

    static void triggerInError(World world) {
        world.triggers.add(new Trigger("hash.other", "ERROR", at(100_000)));
    }

    static void triggerOverdue(World world) {
        world.triggers.add(new Trigger("hash.other", "ACQUIRED", at(29_000)));
    }

    static void firingForEver(World world) {
        world.firings.add(new Firing("hash.tick", "node 1", "EXECUTING", at(29_000)));
    }

    static void fileTwice(World world) {
        world.dropped.add(new StoredFile(FOLDER + "/a.csv", "file-a"));
    }

    static void fileInTheWrongPlace(World world) {
        replace(
                world.dropped,
                file -> file.sha256().equals("file-a"),
                file -> new StoredFile(FOLDER + "/failed/2-a.csv", "file-a"));
    }

    static void stillProcessing(World world, long runEnded) {
        String place = FOLDER + "/.processing/" + new UUID(7, 7) + "/a.csv";
        replace(world.dropped, file -> file.sha256().equals("file-a"), file -> new StoredFile(place, "file-a"));
        replace(world.runs, run -> run.id() == 2, run -> with(run, null, at(runEnded)));
    }

    private static Run with(Run run, @Nullable Instant fireTime, @Nullable Instant ended) {
        return new Run(
                run.id(),
                run.definition(),
                run.occurrence(),
                run.trigger(),
                fireTime,
                run.state(),
                null,
                1,
                2,
                ended == null || ended.isAfter(at(80_000)) ? at(80_000) : run.createdAt(),
                run.cancelRequestedAt(),
                ended);
    }

    private static void scoring(World world, UnaryOperator<Scoring> change) {
        replace(world.scorings, it -> it.id() == 10, change);
    }

    private static boolean isOf(JournalEntry entry, long run, Event event) {
        return job(run).equals(entry.job()) && entry.event() == event;
    }

    private static boolean isOf(Move move, long scoring) {
        return Objects.equals(move.scoring(), scoring);
    }
}
