package dev.bes.testbench.checker;

import static dev.bes.testbench.checker.World.at;
import static dev.bes.testbench.checker.World.job;
import static dev.bes.testbench.checker.World.nonce;
import static dev.bes.testbench.checker.World.output;
import static dev.bes.testbench.checker.World.replace;

import dev.bes.sandbox.journal.JournalEntry;
import dev.bes.sandbox.journal.JournalEntry.Event;
import dev.bes.testbench.checker.evidence.DriverEntry;
import dev.bes.testbench.checker.evidence.FaultKind;
import dev.bes.testbench.checker.evidence.Snapshot.Attempt;
import dev.bes.testbench.checker.evidence.Snapshot.Intent;
import dev.bes.testbench.checker.evidence.Snapshot.Move;
import dev.bes.testbench.checker.evidence.Snapshot.Output;
import dev.bes.testbench.checker.evidence.Snapshot.Run;
import dev.bes.testbench.checker.evidence.StoredFile;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** Ways in which what the remote side wrote down is spoilt; run 1 and its job suffer, 9 is nobody's number. */
final class SpoiltJobs {

    private SpoiltJobs() {}

    static void noIntent(World world) {
        world.intents.removeIf(intent -> intent.nonce().equals(nonce(1)));
    }

    static void intentOfAnotherAttempt(World world) {
        replace(world.intents, it -> it.nonce().equals(nonce(1)), it -> new Intent(it.nonce(), 10, 2));
    }

    static void intentSubmittedTwice(World world) {
        world.submitted(job(9), output(1), 160);
    }

    static void pathWithoutNonce(World world) {
        String plain = "out/1/1-1/output1.csv";
        replace(
                world.journal,
                entry -> isOf(entry, 1, Event.SUBMIT),
                entry -> facts(entry, Map.of("outputs", Map.of("output1", "c/" + plain))));
        replace(
                world.journal,
                entry -> isOf(entry, 1, Event.OUTPUT),
                entry -> facts(entry, Map.of("path", "c/" + plain, "sha256", "hash-1")));
        replace(world.blobs, blob -> blob.sha256().equals("hash-1"), blob -> new StoredFile("c/" + plain, "hash-1"));
        attempt(
                world,
                it -> new Attempt(
                        10, 1, it.state(), it.nonce(), it.job(), it.submittedAt(), delivered(plain, "hash-1"), "bes"));
    }

    static void twoJobsForOneAttempt(World world) {
        replace(world.runs, run -> run.id() == 1, run -> allowing(run, 2));
        world.intents.add(new Intent(nonce(9), 10, 1));
        world.attempts.add(new Attempt(10, 2, "NotStarted", nonce(9), job(9), null, Map.of(), "bes"));
        work(world, "out/1/1-1/" + nonce(9) + "/output1.csv", 5000);
    }

    static void startedTwice(World world) {
        world.note(Event.START, job(1), 2500, Map.of("accepted", true));
    }

    static void twoAtWork(World world) {
        nextAttempt(world);
        world.journal.removeIf(entry -> isOf(entry, 1, Event.STATE));
        world.note(Event.STATE, job(1), 9000, Map.of("from", "Running", "to", "Finished"));
    }

    static void nextAttempt(World world) {
        replace(world.runs, run -> run.id() == 1, run -> allowing(run, 2));
        oneAttemptTooMany(world);
    }

    static void oneAttemptTooMany(World world) {
        world.intents.add(new Intent(nonce(9), 10, 2));
        world.attempts.add(new Attempt(10, 2, "NotStarted", nonce(9), job(9), null, Map.of(), "bes"));
        work(world, "out/1/1-2/" + nonce(9) + "/output1.csv", 5000);
    }

    private static void work(World world, String output, long at) {
        world.submitted(job(9), output, at);
        world.started(job(9), at);
        world.note(Event.STATE, job(9), at + 500, Map.of("from", "Running", "to", "Finished"));
    }

    static void anotherBlob(World world) {
        replace(world.blobs, blob -> blob.sha256().equals("hash-1"), blob -> new StoredFile(blob.path(), "other"));
    }

    static void deliveryMissing(World world) {
        world.delivered.removeIf(file -> file.sha256().equals("hash-1"));
    }

    static void notWhatTheJobWrote(World world) {
        replace(
                world.journal,
                entry -> isOf(entry, 1, Event.OUTPUT),
                entry -> facts(entry, Map.of("path", "c/" + output(1), "sha256", "other")));
    }

    static void acceptedTwice(World world) {
        Map<String, Output> outputs = delivered(output(1), "hash-1");
        attempt(world, it -> new Attempt(10, 1, "Finished", nonce(1), job(1), it.submittedAt(), outputs, "bes"));
        nextAttempt(world);
        replace(
                world.attempts,
                it -> it.scoring() == 10 && it.number() == 2,
                it -> new Attempt(10, 2, "Finished", it.nonce(), it.job(), null, Map.of(), "bes"));
    }

    static void orphan(World world) {
        world.intents.add(new Intent(nonce(9), 10, 1));
        world.submitted(job(9), "out/1/1-1/" + nonce(9) + "/output1.csv", 160);
    }

    static void startedOrphan(World world) {
        orphan(world);
        world.note(Event.START, job(9), 5000, Map.of("accepted", true));
    }

    static void orphanDeleted(World world) {
        orphan(world.fault(FaultKind.NODE_PAUSED, 160, 170));
        world.note(Event.DELETE, job(9), 5000, Map.of("state", "NotStarted"));
    }

    static void deletedForNothing(World world) {
        world.note(Event.DELETE, job(1), 2500, Map.of("state", "Finished"));
    }

    static void deletedTooEarly(World world) {
        replace(
                world.runs,
                run -> run.id() == 4,
                run -> new Run(
                        4, "hash", "request:k4", "request", null, "Cancelled", null, 1, 2, at(40), at(3700), at(4000)));
    }

    static void startedAfterDelete(World world) {
        world.note(Event.START, job(4), 3700, Map.of("accepted", true));
    }

    static void cancelledAndFinished(World world) {
        world.driver.add(new DriverEntry.CancelAcknowledged(at(1000), 1));
    }

    static void cancelledAndAtWork(World world) {
        world.journal.removeIf(entry -> isOf(entry, 4, Event.STATE) && "Cancelled".equals(entry.fact("to")));
    }

    static void remoteSaysElse(World world) {
        world.note(Event.STATE, job(1), 2200, Map.of("from", "Running", "to", "Failed"));
    }

    static void startedBeforeBound(World world) {
        replace(
                world.moves,
                move -> isOf(move, 10L) && move.seq() == 2,
                move -> new Move(1, 10L, 2, 1, move.from(), move.to(), at(302), null));
    }

    static void calledInAWait(World world) {
        world.call("GET", job(9), 429, 10_000, "10");
        world.call("GET", job(9), 200, 19_000);
    }

    static void calledBeforeDate(World world) {
        world.call("GET", job(9), 403, 10_000, "Sun, 01 Mar 2026 12:00:30 GMT");
        world.call("GET", job(9), 200, 29_000);
    }

    static void calledAtTheSameTime(World world) {
        world.call("GET", job(9), 429, 10_000, "10");
        world.call("GET", job(9), 429, 10_050, "10");
    }

    static void calledAfterTheWait(World world) {
        world.call("GET", job(9), 429, 10_000, "10");
        world.call("GET", job(9), 200, 20_005);
    }

    static void surprisedOnce(World world) {
        world.processes = 2;
        world.call("GET", job(9), 429, 10_000, "10");
        world.call("GET", job(9), 429, 12_000, "8");
    }

    static void surprisedOnceTooOften(World world) {
        surprisedOnce(world);
        world.call("GET", job(9), 429, 14_000, "6");
    }

    static void polledTooSoon(World world) {
        world.call("GET", job(1), 200, 1850);
    }

    static void polledOnceMoreWhenCancelled(World world) {
        world.call("GET", job(4), 200, 3700);
    }

    static void polledAgainAndAgainWhenCancelled(World world) {
        polledOnceMoreWhenCancelled(world);
        world.call("GET", job(4), 200, 3750);
    }

    private static Run allowing(Run run, int attempts) {
        return new Run(
                1,
                run.definition(),
                run.occurrence(),
                run.trigger(),
                null,
                run.state(),
                null,
                attempts,
                2,
                at(40),
                null,
                run.endedAt());
    }

    private static void attempt(World world, UnaryOperator<Attempt> change) {
        replace(world.attempts, it -> it.scoring() == 10 && it.number() == 1, change);
    }

    private static Map<String, Output> delivered(String blob, String sha256) {
        return Map.of("output1", new Output(blob, "/delivered/1.csv", sha256));
    }

    private static boolean isOf(JournalEntry entry, long run, Event event) {
        return job(run).equals(entry.job()) && entry.event() == event;
    }

    private static boolean isOf(Move move, long scoring) {
        return Objects.equals(move.scoring(), scoring);
    }

    private static JournalEntry facts(JournalEntry entry, Map<String, Object> facts) {
        return new JournalEntry(entry.seq(), entry.at(), entry.event(), entry.job(), facts);
    }

    static void executedOnceTooOften(World world) {
        world.executed(5, 350);
    }

    static void executedAgain(World world) {
        world.executed(5, 350);
        world.intents.add(new Intent(new UUID(5, 2), 50, 1));
    }

    static void notWhatWasAnswered(World world) {
        world.journal.removeIf(entry -> entry.event() == Event.EXECUTE);
        world.executed(9, 300);
    }

    static void answerElsewhere(World world) {
        replace(
                world.attempts,
                attempt -> attempt.scoring() == 50,
                attempt -> new Attempt(50, 1, "Finished", new UUID(5, 2), null, null, attempt.outputs(), "bes"));
    }
}
