package dev.bes.testbench.checker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * A clean world that is spoilt in one place.
 *
 * @param words what is wrong
 * @param broken the invariants that must say so, and no others
 */
record Seed(String words, Set<Invariant> broken, Consumer<World> spoil) {

    static Seed seed(String words, Consumer<World> spoil, Invariant... broken) {
        return new Seed(words, Set.of(broken), spoil);
    }

    /** A test for each of them. */
    static Stream<DynamicTest> tests(Collection<Seed> seeds) {
        return seeds.stream()
                .map(seed -> DynamicTest.dynamicTest(seed.words + " " + seed.broken, () -> {
                    World world = World.clean();
                    seed.spoil.accept(world);
                    CheckerReport report = Checker.check(world.evidence());

                    assertThat(report.broken()).as(report.toString()).isEqualTo(seed.broken);
                }));
    }
}
