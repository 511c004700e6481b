package dev.bes.orchestrator.broken;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.testbench.checker.Checker;
import dev.bes.testbench.checker.CheckerReport;
import dev.bes.testbench.checker.Invariant;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The checker catches each defect by the invariant that is named for it, and finds nothing where there is no defect. */
@Tag("slow")
class BrokenServicesTests {

    private record Case(Defect defect, Scenario scenario, List<Invariant> caught) {
        Case(Defect defect, Scenario scenario, Invariant... caught) {
            this(defect, scenario, List.of(caught));
        }
    }

    private static final List<Case> CASES = List.of(
            new Case(Defects.NO_INTENT, Scenario.QUIET, Invariant.V3),
            new Case(Defects.BINDS_UNASKED, Scenario.SLEEPS_BEFORE_BINDING, Invariant.V4, Invariant.V7),
            new Case(Defects.STARTS_UNASKED, Scenario.LOSES_A_REPLY, Invariant.V5),
            new Case(Defects.ONE_PLACE_FOR_ALL, Scenario.QUIET, Invariant.V3),
            new Case(Defects.ACCEPTS_UNASKED, Scenario.SLEEPS_BEFORE_ACCEPTING, Invariant.V9),
            new Case(Defects.HURRIES, Scenario.IS_TOLD_TO_WAIT, Invariant.V11),
            new Case(Defects.FORGETS_TRIGGERS, Scenario.HEARS_A_KEY_TWICE, Invariant.V1),
            new Case(Defects.CANCELS_WHAT_IT_LOST, Scenario.SLEEPS_BEFORE_BINDING, Invariant.V8),
            new Case(Defects.STARTS_WHAT_IS_NOT_OURS, Scenario.QUIET, Invariant.V10),
            new Case(Defects.SENDS_TWICE, Scenario.QUIET, Invariant.V3, Invariant.V7));

    @TempDir
    private static Path folder;

    @TestFactory
    Stream<DynamicTest> areCaughtByTheChecker() {
        return CASES.stream()
                .map(each -> DynamicTest.dynamicTest(each.defect + ": " + each.caught, () -> {
                    CheckerReport report = play(each.defect, each.scenario);

                    assertThat(report.broken()).as(report.toString()).containsAll(each.caught);
                }));
    }

    @TestFactory
    Stream<DynamicTest> areNotReportedOfTheServiceAsItIs() {
        return Stream.of(Scenario.values())
                .map(scenario -> DynamicTest.dynamicTest(scenario.toString(), () -> {
                    CheckerReport report = play(Defects.NONE, scenario);

                    assertThat(report.broken()).as(report.toString()).isEmpty();
                }));
    }

    private static CheckerReport play(Defect defect, Scenario scenario) throws Exception {
        Path place = folder.resolve(defect + " and " + scenario);
        try (BrokenServiceFixture brokenServiceFixture = new BrokenServiceFixture(place, defect, scenario::set)) {
            scenario.play(brokenServiceFixture);
            assertThat(brokenServiceFixture.unmet())
                    .as("what was to be replaced and never came along")
                    .isEmpty();
            return Checker.check(brokenServiceFixture.evidence());
        }
    }
}
