package dev.bes.testbench.chaos.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.testbench.chaos.environment.ChaosKind;
import dev.bes.testbench.chaos.environment.Link;
import dev.bes.testbench.chaos.fault.BlobAccessDenied;
import dev.bes.testbench.chaos.fault.ClockStep;
import dev.bes.testbench.chaos.fault.DatabaseCrash;
import dev.bes.testbench.chaos.fault.DatabaseReadOnly;
import dev.bes.testbench.chaos.fault.DiskFull;
import dev.bes.testbench.chaos.fault.FolderOutage;
import dev.bes.testbench.chaos.fault.LinkFault;
import dev.bes.testbench.chaos.fault.NodePause;
import dev.bes.testbench.chaos.fault.NodeRestart;
import dev.bes.testbench.chaos.fault.PoolExhaustion;
import dev.bes.testbench.chaos.fault.SessionTermination;
import dev.bes.testbench.chaos.plan.ExperimentPlan.PlannedFault;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The plan for a seed. */
class ExperimentPlanTests {
    private static final Duration LENGTH = Duration.ofMinutes(5);

    @Test
    void givesTheSamePlanForTheSameSeed() {
        assertThat(ExperimentPlan.of(7, LENGTH, 3, ChaosKind.BES).toString())
                .isEqualTo(ExperimentPlan.of(7, LENGTH, 3, ChaosKind.BES).toString())
                .isNotEqualTo(ExperimentPlan.of(8, LENGTH, 3, ChaosKind.BES).toString());
    }

    @Test
    void usesEveryKindOfFault() {
        Set<Class<?>> met = new HashSet<>();
        for (long seed = 0; seed < 20; seed++) {
            ExperimentPlan.of(seed, LENGTH, 3, ChaosKind.BES)
                    .faults()
                    .forEach(it -> met.add(it.fault().getClass()));
        }
        assertThat(met)
                .containsExactlyInAnyOrder(
                        ClockStep.class,
                        DatabaseCrash.class,
                        DatabaseReadOnly.class,
                        DiskFull.class,
                        FolderOutage.class,
                        LinkFault.class,
                        NodeRestart.class,
                        NodePause.class,
                        PoolExhaustion.class,
                        SessionTermination.class,
                        BlobAccessDenied.class);
    }

    @Test
    void disturbsEachLinkOfAKind() {
        for (ChaosKind kind : ChaosKind.values()) {
            Set<Link> met = new HashSet<>();
            for (long seed = 0; seed < 10; seed++) {
                ExperimentPlan.of(seed, LENGTH, 3, kind)
                        .faults()
                        .forEach(it -> met.addAll(it.fault() instanceof LinkFault its ? Set.of(its.link()) : Set.of()));
            }
            assertThat(met).as(kind.toString()).isEqualTo(Set.copyOf(kind.links()));
        }
    }

    @Test
    void hitsEachTargetWithOneFaultAtATime() {
        List<PlannedFault> faults =
                ExperimentPlan.of(1, LENGTH, 3, ChaosKind.BES).faults();

        assertThat(faults)
                .hasSizeGreaterThan(20)
                .doesNotHaveDuplicates()
                .allSatisfy(one -> assertThat(faults)
                        .filteredOn(other -> !other.equals(one)
                                && other.fault().target().equals(one.fault().target()))
                        .noneMatch(one::overlaps));
    }

    @Test
    void beginsEverythingWithinTheGivenTime() {
        ExperimentPlan plan = ExperimentPlan.of(3, Duration.ofMinutes(1), 2, ChaosKind.BES);

        assertThat(plan.actions()).isNotEmpty().allMatch(action -> action.at().compareTo(Duration.ofMinutes(1)) <= 0);
        assertThat(plan.faults()).allMatch(it -> it.at().compareTo(Duration.ofMinutes(1)) < 0);
    }
}
