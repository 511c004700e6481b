package dev.bes.testbench.checker;

import static dev.bes.testbench.checker.World.at;
import static dev.bes.testbench.checker.World.replace;

import dev.bes.testbench.checker.evidence.Snapshot.Attempt;
import dev.bes.testbench.checker.evidence.Snapshot.Comparison;
import dev.bes.testbench.checker.evidence.Snapshot.Move;
import dev.bes.testbench.checker.evidence.Snapshot.Output;
import dev.bes.testbench.checker.evidence.Snapshot.Run;
import dev.bes.testbench.checker.evidence.Snapshot.Scoring;
import dev.bes.testbench.checker.evidence.StoredFile;
import java.util.Map;

/** Ways in which shadows are spoilt: run 21 is the shadow of the only scoring of run 20. */
final class SpoiltShadows {

    private SpoiltShadows() {}

    static void skipped(World world) {
        world.compared.add(10L);
        world.comparisons.add(new Comparison(10, null, "skipped", null));
    }

    static void withoutVerdict(World world) {
        replace(world.comparisons, it -> true, it -> new Comparison(200, 21L, null, "shadow"));
    }

    static void differs(World world) {
        replace(world.comparisons, it -> true, it -> new Comparison(200, 21L, "differs", "shadow"));
    }

    static void needsAttention(World world) {
        replace(
                world.scorings,
                it -> it.run() == 21,
                it -> new Scoring(210, 21, 1, it.step(), it.state(), 1, 6, "no answer", "submits-unanswered", 0));
    }

    static void delivers(World world) {
        Output output = new Output(World.output(21), "/delivered/21.csv", "hash-21");
        replace(
                world.attempts,
                it -> it.scoring() == 210,
                it -> new Attempt(
                        210, 1, "Finished", it.nonce(), it.job(), it.submittedAt(), Map.of("output1", output), "bes"));
        world.delivered.add(new StoredFile("/delivered/21.csv", "hash-21"));
    }

    static void leavesAFile(World world) {
        world.delivered.add(new StoredFile("/delivered/shadow/21.csv", "hash-21"));
    }

    static void failsItsRun(World world) {
        replace(
                world.runs,
                it -> it.id() == 1,
                it -> new Run(
                        1,
                        it.definition(),
                        it.occurrence(),
                        it.trigger(),
                        null,
                        "Failed",
                        "the shadow failed",
                        1,
                        2,
                        it.createdAt(),
                        null,
                        it.endedAt()));
        replace(
                world.moves,
                it -> it.run() == 1 && it.scoring() == null && it.seq() == 2,
                it -> new Move(1, null, 2, null, "Running", "Failed", at(4000), "the shadow failed"));
    }
}
