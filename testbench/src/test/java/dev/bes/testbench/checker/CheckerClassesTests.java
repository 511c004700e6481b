package dev.bes.testbench.checker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** A clean world with a run at a remote service of another class, spoilt in one place: the invariants named, and no others, say so. */
class CheckerClassesTests {

    private record Seed(Consumer<World> spoil, Set<Invariant> broken) {
        Seed(Consumer<World> spoil, Invariant... broken) {
            this(spoil, Set.of(broken));
        }
    }

    private static final Map<String, Seed> SEEDS = Map.ofEntries(
            Map.entry("named: one job", new Seed(SpoiltClasses::named)),
            Map.entry(
                    "named: a second name",
                    new Seed(SpoiltClasses::secondName, Invariant.V3, Invariant.V4, Invariant.V7)),
            Map.entry("unnamed: one job", new Seed(SpoiltClasses::unnamed)),
            Map.entry("unnamed: an extra job that was cancelled", new Seed(SpoiltClasses::extraJobCancelled)),
            Map.entry("unnamed: an extra job at work", new Seed(SpoiltClasses::extraJob, Invariant.V7)),
            Map.entry("unnamed: the newest job is adopted", new Seed(SpoiltClasses::newestAdopted, Invariant.V4)),
            Map.entry("rows: each row once", new Seed(SpoiltClasses::rows)),
            Map.entry("rows: a row twice", new Seed(SpoiltClasses::rowTwice, Invariant.V6)),
            Map.entry("rows: the answer to another batch", new Seed(SpoiltClasses::answerOfAnotherBatch, Invariant.V6)),
            Map.entry("rows: a row that nobody scored", new Seed(SpoiltClasses::rowThatNobodyScored, Invariant.V6)),
            Map.entry("rows: a batch twice for nothing", new Seed(SpoiltClasses::batchTwice, Invariant.V5)),
            Map.entry("rows: a batch twice by a fault", new Seed(SpoiltClasses::batchTwiceByAFault)));

    @TestFactory
    Stream<DynamicTest> reportsExactlyTheViolationsThatWereSeeded() {
        return SEEDS.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> {
                    World world = World.clean();
                    entry.getValue().spoil.accept(world);
                    CheckerReport report = Checker.check(world.evidence());

                    assertThat(report.broken()).as(report.toString()).isEqualTo(entry.getValue().broken);
                }));
    }
}
