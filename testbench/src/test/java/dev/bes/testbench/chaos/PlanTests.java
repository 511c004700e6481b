package dev.bes.testbench.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.testbench.chaos.Plan.Planned;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a seed comes to. */
class PlanTests {
    private static final Duration LENGTH = Duration.ofMinutes(5);

    @Test
    void isTheSameForTheSameSeed() {
        assertThat(Plan.of(7, LENGTH, 3).toString())
                .isEqualTo(Plan.of(7, LENGTH, 3).toString())
                .isNotEqualTo(Plan.of(8, LENGTH, 3).toString());
    }

    @Test
    void leavesNoKindOfMischiefOut() {
        Set<Class<?>> met = new HashSet<>();
        for (long seed = 0; seed < 20; seed++) {
            Plan.of(seed, LENGTH, 3).mischiefs().forEach(it -> met.add(it.what().getClass()));
        }
        assertThat(met)
                .containsExactlyInAnyOrder(
                        ClockStepped.class,
                        DatabaseGone.class,
                        DatabaseReadOnly.class,
                        DiskFull.class,
                        FolderSick.class,
                        LinkSpoiled.class,
                        NodeGone.class,
                        NodePaused.class,
                        PoolExhausted.class,
                        SessionsEnded.class,
                        StoreRefuses.class);
    }

    @Test
    void doesOneThingAtATimeToEachPart() {
        List<Planned> mischiefs = Plan.of(1, LENGTH, 3).mischiefs();

        assertThat(mischiefs)
                .hasSizeGreaterThan(20)
                .doesNotHaveDuplicates()
                .allSatisfy(one -> assertThat(mischiefs)
                        .filteredOn(other -> !other.equals(one)
                                && other.what().target().equals(one.what().target()))
                        .noneMatch(one::overlaps));
    }

    @Test
    void beginsEverythingWithinItsTime() {
        Plan plan = Plan.of(3, Duration.ofMinutes(1), 2);

        assertThat(plan.deeds()).isNotEmpty().allMatch(deed -> deed.at().compareTo(Duration.ofMinutes(1)) <= 0);
        assertThat(plan.mischiefs()).allMatch(it -> it.at().compareTo(Duration.ofMinutes(1)) < 0);
    }
}
