package dev.bes.benchmarks.part;

import dev.bes.benchmarks.environment.BenchmarkFolder;
import dev.bes.benchmarks.report.Progress;
import dev.bes.benchmarks.report.ReportSection;
import dev.bes.benchmarks.workload.BenchmarkSize;

/** A group of figures, measured by itself: with a stub, databases and processes of its own. */
public interface BenchmarkPart {

    /** Its name on the command line. */
    String name();

    /** What it is about. */
    String title();

    /** Whether a quick benchmark has it too. */
    default boolean isMain() {
        return false;
    }

    /** Measures; a failed count is told by the section, what stands in the way of measuring is thrown. */
    ReportSection measure(BenchmarkFolder folder, BenchmarkSize effort, Progress progress) throws Exception;
}
