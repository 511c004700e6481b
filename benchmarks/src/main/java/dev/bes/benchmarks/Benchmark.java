package dev.bes.benchmarks;

import dev.bes.benchmarks.candidate.CandidateName;
import dev.bes.benchmarks.candidate.OrchestratorCandidate;
import dev.bes.benchmarks.comparison.ComparisonGoals;
import dev.bes.benchmarks.comparison.EngineComparison;
import dev.bes.benchmarks.comparison.SteadyLoad;
import dev.bes.benchmarks.engine.EngineKind;
import dev.bes.benchmarks.environment.BenchmarkFailure;
import dev.bes.benchmarks.environment.BenchmarkFolder;
import dev.bes.benchmarks.part.ArrivingFiles;
import dev.bes.benchmarks.part.BenchmarkPart;
import dev.bes.benchmarks.part.CallLimits;
import dev.bes.benchmarks.part.FolderScans;
import dev.bes.benchmarks.part.JobsInFlight;
import dev.bes.benchmarks.part.LargeFile;
import dev.bes.benchmarks.part.LongJobs;
import dev.bes.benchmarks.part.ModelScoring;
import dev.bes.benchmarks.part.RequestBurst;
import dev.bes.benchmarks.part.RunListLatency;
import dev.bes.benchmarks.part.SandboxLatency;
import dev.bes.benchmarks.part.SimulatedYear;
import dev.bes.benchmarks.report.BenchmarkReport;
import dev.bes.benchmarks.report.Machine;
import dev.bes.benchmarks.report.Progress;
import dev.bes.benchmarks.report.ReportSection;
import dev.bes.benchmarks.stub.StubKind;
import dev.bes.benchmarks.workload.BenchmarkSize;
import dev.bes.benchmarks.workload.RequestPattern;
import dev.bes.benchmarks.workload.Workload;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures the orchestrator, part by part, beside other engines on the same work. */
@Command(
        name = "benchmark",
        description = "Measures the orchestrator beside other engines on the same work, and prints tables.",
        mixinStandardHelpOptions = true)
final class Benchmark implements Callable<Integer> {

    /** About a kilobyte. */
    private static final int FOLDED_ROWS = 60;
    /** Ten batches, and no more than the stub keeps of a file. */
    private static final int BATCHED_ROWS = 10_000;

    private static final List<BenchmarkPart> PARTS = List.of(
            new EngineComparison(
                    "one-run",
                    "One run of many small files",
                    RequestPattern.ALL_AT_ONCE,
                    List.of(
                            OrchestratorCandidate.NAME,
                            OrchestratorCandidate.TWO_NODES,
                            EngineKind.BARE.title(),
                            EngineKind.DB_SCHEDULER.title(),
                            EngineKind.JOB_RUNR.title(),
                            EngineKind.SPRING_BATCH.title()),
                    List.of(OrchestratorCandidate.NAME, EngineKind.BARE.title(), EngineKind.DB_SCHEDULER.title()),
                    (folder, size) -> Workload.make(folder, size.files()),
                    ComparisonGoals::ofOneRun),
            new EngineComparison(
                    "one-file-runs",
                    "One-file runs, each requested by HTTP",
                    RequestPattern.ONE_BY_ONE,
                    List.of(
                            OrchestratorCandidate.NAME,
                            EngineKind.DB_SCHEDULER.title(),
                            EngineKind.SPRING_BATCH.title()),
                    List.of(OrchestratorCandidate.NAME, EngineKind.DB_SCHEDULER.title()),
                    (folder, size) -> Workload.make(folder, size.requests()),
                    ComparisonGoals::ofOneFileRuns),
            new EngineComparison(
                    "kinds",
                    "One run of many small files, by kind of remote service",
                    RequestPattern.ALL_AT_ONCE,
                    Stream.of(StubKind.values())
                            .flatMap(kind -> Stream.of(
                                    CandidateName.of(OrchestratorCandidate.NAME, kind),
                                    CandidateName.of(EngineKind.BARE.title(), kind)))
                            .toList(),
                    List.of(),
                    (folder, size) -> Workload.make(folder, size.files() / 2),
                    ComparisonGoals::ofKinds),
            new EngineComparison(
                    "rows",
                    "Files whose rows go to a model server in batches",
                    RequestPattern.ALL_AT_ONCE,
                    List.of(
                            CandidateName.of(OrchestratorCandidate.NAME, StubKind.INFERENCE),
                            CandidateName.of(EngineKind.BARE.title(), StubKind.INFERENCE)),
                    List.of(),
                    (folder, size) -> Workload.make(folder, size.files() / 400, BATCHED_ROWS),
                    ComparisonGoals::ofRows),
            new EngineComparison(
                    "fold",
                    "Many files in one job of Azure Machine Learning",
                    RequestPattern.ALL_AT_ONCE,
                    List.of(OrchestratorCandidate.FOLDING),
                    List.of(),
                    (folder, size) -> Workload.make(folder, size.files(), FOLDED_ROWS),
                    ComparisonGoals::ofFolding),
            new SteadyLoad(),
            new LongJobs(),
            new CallLimits(),
            new JobsInFlight(),
            new LargeFile(),
            new ArrivingFiles(),
            new RequestBurst(),
            new FolderScans(),
            new RunListLatency(),
            new SimulatedYear(),
            new SandboxLatency(),
            new ModelScoring());

    private static final int ROUNDS = 3;
    private static final int QUICK_ROUNDS = 2;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--quick", description = "The main parts only, and fewer engines.")
    private boolean quick;

    @Option(names = "--only", paramLabel = "PART", split = ",", arity = "1..*", description = "Only these parts.")
    private List<String> only = List.of();

    @Option(names = "--rounds", paramLabel = "N", description = "Measured rounds (default: 3, quick 2).")
    private @Nullable Integer rounds;

    @Option(names = "--percent", paramLabel = "N", description = "Sizes in percent, to try the benchmark itself.")
    private int percent = 100;

    @Option(names = "--json", paramLabel = "FILE", description = "Also writes every figure of every round there.")
    private @Nullable Path json;

    @Option(names = "--markdown", paramLabel = "FILE", description = "Also writes the tables there.")
    private @Nullable Path markdown;

    @Option(names = "--project", hidden = true, description = "The project's folder.")
    private Path project = Path.of(".");

    @Override
    public Integer call() throws IOException {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        Runtime.getRuntime().addShutdownHook(new Thread(Benchmark::endAll, "benchmark-stop"));
        Progress progress = new Progress(out);
        BenchmarkReport report = new BenchmarkReport(Machine.of(project), new ArrayList<>());
        List<BenchmarkPart> parts = chosen();
        for (BenchmarkPart part : parts) {
            report.sections().add(measure(part, progress));
            write(report);
        }
        parts.forEach(part -> folder(part).clear());
        out.println();
        report.lines().forEach(out::println);
        out.flush();
        return report.isSound() ? 0 : 1;
    }

    private List<BenchmarkPart> chosen() {
        List<String> names = PARTS.stream().map(BenchmarkPart::name).toList();
        for (String name : only) {
            if (!names.contains(name)) {
                throw new BenchmarkFailure("There is no part '%s'. The parts are %s.".formatted(name, names));
            }
        }
        return PARTS.stream()
                .filter(part -> only.isEmpty() ? part.isMain() || !quick : only.contains(part.name()))
                .toList();
    }

    /** A part that fails does not prevent the others. */
    private ReportSection measure(BenchmarkPart part, Progress progress) {
        BenchmarkFolder folder = folder(part);
        progress.print(part.title());
        try {
            folder.recreate();
            return part.measure(folder, new BenchmarkSize(quick, percent, rounds()), progress);
        } catch (Exception e) {
            progress.print("failed: " + e.getMessage());
            return ReportSection.failed(part.title(), e);
        }
    }

    private int rounds() {
        if (rounds != null) {
            return rounds;
        }
        return quick ? QUICK_ROUNDS : ROUNDS;
    }

    private BenchmarkFolder folder(BenchmarkPart part) {
        return BenchmarkFolder.of(project, part.name());
    }

    /** Written after each part, so that an early end loses little. */
    private void write(BenchmarkReport report) throws IOException {
        if (json != null) {
            Files.writeString(json, report.json());
        }
        if (markdown != null) {
            Files.writeString(markdown, String.join("\n", report.lines()) + "\n");
        }
    }

    /** Ends all child processes when the benchmark is ended. */
    private static void endAll() {
        ProcessHandle.current().descendants().forEach(ProcessHandle::destroy);
    }
}
