package dev.bes.benchmarks.part;

import dev.bes.benchmarks.environment.BenchmarkFolder;
import dev.bes.benchmarks.report.Progress;
import dev.bes.benchmarks.report.ReportSection;
import dev.bes.benchmarks.workload.BenchmarkSize;

/** A part of the benchmark, with its own stub, databases and processes. */
public interface BenchmarkPart {

    /** Its name on the command line. */
    String name();

    /** Its heading. */
    String title();

    /** Whether it belongs to the quick benchmark. */
    default boolean isMain() {
        return false;
    }

    /** Measures. A wrong count is a failure in the section; what prevents a measurement is thrown. */
    ReportSection measure(BenchmarkFolder folder, BenchmarkSize effort, Progress progress) throws Exception;
}
