package dev.bes.testbench.checker;

import static dev.bes.testbench.checker.World.at;
import static dev.bes.testbench.checker.World.job;
import static dev.bes.testbench.checker.World.nonce;
import static dev.bes.testbench.checker.World.output;
import static dev.bes.testbench.checker.World.replace;

import dev.bes.sandbox.journal.JournalEntry;
import dev.bes.sandbox.journal.JournalEntry.Event;
import dev.bes.testbench.checker.evidence.DriverEntry;
import dev.bes.testbench.checker.evidence.Snapshot.Attempt;
import dev.bes.testbench.checker.evidence.Snapshot.Intent;
import dev.bes.testbench.checker.evidence.Snapshot.Output;
import dev.bes.testbench.checker.evidence.Snapshot.Scoring;
import dev.bes.testbench.checker.evidence.StoredFile;
import java.util.Comparator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Ways in which shared jobs are spoilt: run 30 has the job of the only scorings of the runs 31 and 32. */
final class SpoiltFolds {
    private static final long CARRIER = 30;
    private static final String ANSWER = "310.csv,0,a,1\n310.csv,1,b,2\n320.csv,0,c,3\n";

    private SpoiltFolds() {}

    static World folded(World world) {
        return folded(world, ANSWER, "a,1\nb,2\n", "c,3\n");
    }

    static void rowsOfAnotherFile(World world) {
        folded(world, ANSWER, "a,1\nc,3\n", "c,3\n");
    }

    static void rowLeftOut(World world) {
        folded(world, ANSWER, "a,1\n", "c,3\n");
    }

    static void rowTwice(World world) {
        folded(world, ANSWER + "320.csv,0,c,4\n", "a,1\nb,2\n", "c,3\n");
    }

    static void carrierDelivers(World world) {
        Output output = new Output(output(CARRIER), "/delivered/30.csv", "hash-30");
        replace(
                folded(world).attempts,
                it -> it.scoring() == CARRIER * 10,
                it -> new Attempt(
                        it.scoring(),
                        1,
                        it.state(),
                        it.nonce(),
                        it.job(),
                        it.submittedAt(),
                        Map.of("output1", output),
                        "bes"));
        world.delivered.add(new StoredFile("/delivered/30.csv", "hash-30"));
    }

    static void jobOfItsOwn(World world) {
        folded(world).intents.add(new Intent(nonce(31), 310, 1));
        replace(
                world.attempts,
                it -> it.scoring() == 310,
                it -> member(310, 1, "Finished", job(31), it.outputs(), CARRIER * 10));
        world.submitted(job(31), output(31), 250);
        world.started(job(31), 1000);
        world.note(Event.STATE, job(31), 1500, Map.of("from", "Running", "to", "Finished"));
        world.journal.sort(Comparator.comparing(JournalEntry::at));
    }

    static void twoAtOnce(World world) {
        carrier(folded(world), 33, 310);
        world.attempts.add(member(310, 2, "Failed", null, Map.of(), 330));
        world.journal.sort(Comparator.comparing(JournalEntry::at));
    }

    static void memberAsCarrier(World world) {
        replace(
                folded(world).attempts,
                it -> it.scoring() == 320,
                it -> member(320, 1, "Finished", null, it.outputs(), 310));
    }

    /** A run with the job of a scoring. */
    static void carrier(World world, long run, long member) {
        world.serving(run, "fold", "fold:%d:%s".formatted(member, nonce(run)));
    }

    private static World folded(World world, String answer, String first, String second) {
        carrier(world, CARRIER, 310);
        replace(
                world.blobs,
                blob -> blob.path().equals("c/" + output(CARRIER)),
                blob -> new StoredFile(blob.path(), blob.sha256(), answer));
        member(world, 31, "Id\na\nb\n", first);
        member(world, 32, "Id\nc\n", second);
        return world;
    }

    private static void member(World world, long run, String input, String rows) {
        String key = "k" + run;
        String file = "/delivered/" + run + ".csv";
        world.driver.add(new DriverEntry.Asked(at(0), "hash", key));
        world.row(run, "request", "request:" + key, "DELIVERED", "Finished", null);
        replace(
                world.scorings,
                it -> it.run() == run,
                it -> new Scoring(it.id(), run, 1, it.step(), it.state(), 1, 5, null, null, 0));
        world.move(run, 10L, 1, "PLANNED NotStarted", "STAGED NotStarted", 100);
        world.move(run, 10L, 2, "STAGED NotStarted", "STARTED NotStarted", 320);
        world.move(run, 10L, 3, "STARTED NotStarted", "STARTED Running", 1400);
        world.move(run, 10L, 4, "STARTED Running", "SCORED Running", 3400);
        world.move(run, 10L, 5, "SCORED Running", "DELIVERED Finished", 4000);
        world.move(run, null, 1, "NotStarted", "Running", 1400);
        world.move(run, null, 2, "Running", "Finished", 4000);
        Output output = new Output("out/30/1-1/sorted", file, "hash-" + run);
        world.attempts.add(member(run * 10, 1, "Finished", null, Map.of("output1", output), CARRIER * 10));
        world.blobs.add(new StoredFile("c/in/30/1-1/%s/%d.csv".formatted(nonce(9), run * 10), "?", input));
        world.delivered.add(new StoredFile(file, "hash-" + run, "Id,Score\n" + rows));
    }

    private static Attempt member(
            long scoring, int number, String state, @Nullable String job, Map<String, Output> outputs, long carrier) {
        return new Attempt(
                scoring,
                number,
                state,
                job == null ? null : nonce(scoring / 10),
                job,
                job == null ? null : at(200),
                outputs,
                "bes",
                carrier,
                1);
    }
}
