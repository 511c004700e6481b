package dev.bes.testbench.checker;

import static dev.bes.testbench.checker.Seed.seed;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** A clean world with a run at a remote service of another class, spoilt in one place: the invariants named, and no others, say so. */
class CheckerClassesTests {

    private static final List<Seed> SEEDS = List.of(
            seed("named: one job", SpoiltClasses::named),
            seed("named: a second name", SpoiltClasses::secondName, Invariant.V3, Invariant.V4, Invariant.V7),
            seed("unnamed: one job", SpoiltClasses::unnamed),
            seed("unnamed: an extra job that was cancelled", SpoiltClasses::extraJobCancelled),
            seed("unnamed: an extra job at work", SpoiltClasses::extraJob, Invariant.V7),
            seed("unnamed: the newest job is adopted", SpoiltClasses::newestAdopted, Invariant.V4),
            seed("rows: each row once", SpoiltClasses::rows),
            seed("rows: a row twice", SpoiltClasses::rowTwice, Invariant.V6),
            seed("rows: the answer to another batch", SpoiltClasses::answerOfAnotherBatch, Invariant.V6),
            seed("rows: a row that nobody scored", SpoiltClasses::rowThatNobodyScored, Invariant.V6),
            seed("rows: a batch twice for nothing", SpoiltClasses::batchTwice, Invariant.V5),
            seed("rows: a batch twice by a fault", SpoiltClasses::batchTwiceByAFault));

    @TestFactory
    Stream<DynamicTest> reportsExactlyTheViolationsThatWereSeeded() {
        return Seed.tests(SEEDS);
    }
}
