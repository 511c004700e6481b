package dev.bes.orchestrator.broken;

import dev.bes.testbench.checker.Invariant;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Remote services of the other classes: named, unnamed, rows; shared jobs and shadows. The checker catches each defect by the invariant that is named for it, and
 * finds nothing where there is no defect.
 */
@Tag("slow")
class BrokenClassesTests {

    private static final List<BrokenCase> CASES = List.of(
            new BrokenCase(ClassDefects.NO_SEARCH, ClassScenario.LOSES_THE_ANSWER_TO_AN_INVOCATION, Invariant.V7),
            new BrokenCase(ClassDefects.ADOPTS_THE_NEWEST, ClassScenario.LOSES_AN_INVOCATION_SENT_TWICE, Invariant.V4),
            new BrokenCase(
                    ClassDefects.SECOND_NAME, ClassScenario.LOSES_THE_ANSWER_TO_A_PUT, Invariant.V3, Invariant.V4),
            new BrokenCase(ClassDefects.ROW_TWICE, ClassScenario.SCORES_ROWS, Invariant.V6),
            new BrokenCase(ClassDefects.ANSWER_OF_ANOTHER_BATCH, ClassScenario.SCORES_ROWS, Invariant.V6),
            new BrokenCase(ClassDefects.SENDS_A_BATCH_TWICE, ClassScenario.SCORES_ROWS, Invariant.V5),
            new BrokenCase(ClassDefects.ROWS_OF_ANOTHER_FILE, ClassScenario.SHARES_A_JOB, Invariant.V6),
            new BrokenCase(ClassDefects.GIVES_UP_A_JOB_AT_WORK, ClassScenario.SHARES_A_JOB, Invariant.V5),
            new BrokenCase(ClassDefects.CARRIER_OF_ANOTHER, ClassScenario.SHARES_A_JOB, Invariant.V1),
            new BrokenCase(ClassDefects.NOT_COMPARED, ClassScenario.HAS_A_SHADOW, Invariant.V1),
            new BrokenCase(ClassDefects.NO_VERDICT, ClassScenario.HAS_A_SHADOW, Invariant.V2));

    @TempDir
    private static Path folder;

    @TestFactory
    Stream<DynamicTest> areCaughtByTheChecker() {
        return BrokenCase.caught(folder, CASES);
    }

    @TestFactory
    Stream<DynamicTest> areNotReportedOfTheServiceAsItIs() {
        return BrokenCase.clean(folder, ClassScenario.values());
    }
}
