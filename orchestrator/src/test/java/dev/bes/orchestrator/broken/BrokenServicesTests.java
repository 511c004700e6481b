package dev.bes.orchestrator.broken;

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

    private static final List<BrokenCase> CASES = List.of(
            new BrokenCase(Defects.NO_INTENT, Scenario.QUIET, Invariant.V3),
            new BrokenCase(Defects.BINDS_UNASKED, Scenario.SLEEPS_BEFORE_BINDING, Invariant.V4, Invariant.V7),
            new BrokenCase(Defects.STARTS_UNASKED, Scenario.LOSES_A_REPLY, Invariant.V5),
            new BrokenCase(Defects.ONE_PLACE_FOR_ALL, Scenario.QUIET, Invariant.V3),
            new BrokenCase(Defects.ACCEPTS_UNASKED, Scenario.SLEEPS_BEFORE_ACCEPTING, Invariant.V9),
            new BrokenCase(Defects.HURRIES, Scenario.IS_TOLD_TO_WAIT, Invariant.V11),
            new BrokenCase(Defects.FORGETS_TRIGGERS, Scenario.HEARS_A_KEY_TWICE, Invariant.V1),
            new BrokenCase(Defects.CANCELS_WHAT_IT_LOST, Scenario.SLEEPS_BEFORE_BINDING, Invariant.V8),
            new BrokenCase(Defects.STARTS_WHAT_IS_NOT_OURS, Scenario.QUIET, Invariant.V10),
            new BrokenCase(Defects.SENDS_TWICE, Scenario.QUIET, Invariant.V3, Invariant.V7));

    @TempDir
    private static Path folder;

    @TestFactory
    Stream<DynamicTest> areCaughtByTheChecker() {
        return BrokenCase.caught(folder, CASES);
    }

    @TestFactory
    Stream<DynamicTest> areNotReportedOfTheServiceAsItIs() {
        return BrokenCase.clean(folder, Scenario.values());
    }
}
