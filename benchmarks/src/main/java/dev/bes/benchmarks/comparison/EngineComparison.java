package dev.bes.benchmarks.comparison;

import dev.bes.benchmarks.candidate.Candidates;
import dev.bes.benchmarks.environment.BenchmarkFolder;
import dev.bes.benchmarks.environment.StubProcess;
import dev.bes.benchmarks.part.BenchmarkPart;
import dev.bes.benchmarks.report.Goal;
import dev.bes.benchmarks.report.Progress;
import dev.bes.benchmarks.report.ReportSection;
import dev.bes.benchmarks.stub.JobDuration;
import dev.bes.benchmarks.workload.BenchmarkSize;
import dev.bes.benchmarks.workload.RequestPattern;
import dev.bes.benchmarks.workload.Workload;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Compares engines, which take turns at the same small files.
 *
 * @param name name of the part
 * @param title its heading
 * @param pattern how the files are requested
 * @param engines names of the engines
 * @param main names of the engines of a quick benchmark; empty if the part does not belong to it
 * @param work makes the files in a folder
 * @param goals computes the goals
 */
public record EngineComparison(
        String name,
        String title,
        RequestPattern pattern,
        List<String> engines,
        List<String> main,
        BiFunction<Path, BenchmarkSize, Workload> work,
        Function<ComparisonResults, List<Goal>> goals)
        implements BenchmarkPart {

    @Override
    public boolean isMain() {
        return !main.isEmpty();
    }

    @Override
    public ReportSection measure(BenchmarkFolder folder, BenchmarkSize effort, Progress progress) {
        Workload files = work.apply(folder.work(), effort);
        try (StubProcess remote = StubProcess.start(folder, JobDuration.always(Duration.ZERO));
                Candidates candidates =
                        Candidates.start(effort.quick() && isMain() ? main : engines, folder, remote, progress)) {
            List<EngineMeasurement> trials = candidates.all().stream()
                    .map(one ->
                            new EngineMeasurement(one, pattern, files.first(one.mostFiles()), remote, folder, progress))
                    .toList();
            ComparisonRounds rounds = new ComparisonRounds(trials, progress);
            ComparisonResults results = new ComparisonResults(rounds.run(effort.rounds()));
            return new ReportSection(
                    title,
                    results.table(),
                    goals.apply(results),
                    results.settings(),
                    rounds.failures(),
                    results.results());
        }
    }
}
