package dev.bes.orchestrator.broken;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.sandbox.SandboxOptions;
import dev.bes.testbench.checker.Checker;
import dev.bes.testbench.checker.CheckerReport;
import dev.bes.testbench.checker.Invariant;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * A defect, and something that happens to a run and brings it out.
 *
 * @param caught the invariants that the checker must find broken
 */
record BrokenCase(Defect defect, Scene scene, List<Invariant> caught) {
    BrokenCase(Defect defect, Scene scene, Invariant... caught) {
        this(defect, scene, List.of(caught));
    }

    /** Something that happens to a run. */
    interface Scene {
        /** How the remote side is set up for it. */
        default SandboxOptions set(SandboxOptions options) {
            return options;
        }

        void play(BrokenServiceFixture fixture, Defect defect) throws IOException;
    }

    /** The checker catches each defect. */
    static Stream<DynamicTest> caught(Path folder, List<BrokenCase> cases) {
        return cases.stream()
                .map(each -> DynamicTest.dynamicTest(each.defect + ": " + each.caught, () -> {
                    CheckerReport report = each.play(folder);

                    assertThat(report.broken()).as(report.toString()).containsAll(each.caught);
                }));
    }

    /** The checker finds nothing where there is no defect. */
    static Stream<DynamicTest> clean(Path folder, Scene... scenes) {
        return Stream.of(scenes)
                .map(scene -> DynamicTest.dynamicTest(scene.toString(), () -> {
                    CheckerReport report = new BrokenCase(Defects.NONE, scene).play(folder);

                    assertThat(report.broken()).as(report.toString()).isEmpty();
                }));
    }

    private CheckerReport play(Path folder) throws Exception {
        Path place = folder.resolve(defect + " and " + scene);
        try (BrokenServiceFixture fixture = new BrokenServiceFixture(place, defect, scene::set)) {
            scene.play(fixture, defect);
            assertThat(fixture.unmet())
                    .as("what was to be replaced and never came along")
                    .isEmpty();
            return Checker.check(fixture.evidence());
        }
    }
}
