package dev.bes.orchestrator.broken;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.broken.ClassDefects.ClassDefect;
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

/**
 * Remote services of the other classes: named, unnamed, rows. The checker catches each defect by the invariant that is named for it, and
 * finds nothing where there is no defect.
 */
@Tag("slow")
class BrokenClassesTests {

    private record Case(ClassDefect defect, ClassScenario scenario, List<Invariant> caught) {
        Case(ClassDefect defect, ClassScenario scenario, Invariant... caught) {
            this(defect, scenario, List.of(caught));
        }
    }

    private static final List<Case> CASES = List.of(
            new Case(ClassDefects.NO_SEARCH, ClassScenario.LOSES_THE_ANSWER_TO_AN_INVOCATION, Invariant.V7),
            new Case(ClassDefects.ADOPTS_THE_NEWEST, ClassScenario.LOSES_AN_INVOCATION_SENT_TWICE, Invariant.V4),
            new Case(ClassDefects.SECOND_NAME, ClassScenario.LOSES_THE_ANSWER_TO_A_PUT, Invariant.V3, Invariant.V4),
            new Case(ClassDefects.ROW_TWICE, ClassScenario.SCORES_ROWS, Invariant.V6),
            new Case(ClassDefects.ANSWER_OF_ANOTHER_BATCH, ClassScenario.SCORES_ROWS, Invariant.V6),
            new Case(ClassDefects.SENDS_A_BATCH_TWICE, ClassScenario.SCORES_ROWS, Invariant.V5));

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
        return Stream.of(ClassScenario.values())
                .map(scenario -> DynamicTest.dynamicTest(scenario.toString(), () -> {
                    CheckerReport report = play(ClassDefects.NONE, scenario);

                    assertThat(report.broken()).as(report.toString()).isEmpty();
                }));
    }

    private static CheckerReport play(ClassDefect defect, ClassScenario scenario) throws Exception {
        Path place = folder.resolve(defect + " and " + scenario);
        try (BrokenServiceFixture fixture = new BrokenServiceFixture(place, Defects.NONE, options -> options)) {
            scenario.play(fixture, defect);
            return Checker.check(fixture.evidence());
        }
    }
}
