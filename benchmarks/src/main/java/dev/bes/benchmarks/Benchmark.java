package dev.bes.benchmarks;

import dev.bes.benchmarks.engine.Kind;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
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

    private static final List<Part> PARTS = List.of(
            new Turns(
                    "one-run",
                    "One run of many small files",
                    Demand.ALL_AT_ONCE,
                    List.of(
                            Orchestrator.NAME,
                            Orchestrator.TWO_NODES,
                            Kind.BARE.word(),
                            Kind.DB_SCHEDULER.word(),
                            Kind.JOB_RUNR.word(),
                            Kind.SPRING_BATCH.word()),
                    List.of(Orchestrator.NAME, Kind.BARE.word(), Kind.DB_SCHEDULER.word()),
                    Effort::files,
                    Goals::ofOneRun),
            new Turns(
                    "one-file-runs",
                    "One-file runs, each requested by HTTP",
                    Demand.ONE_BY_ONE,
                    List.of(Orchestrator.NAME, Kind.DB_SCHEDULER.word(), Kind.SPRING_BATCH.word()),
                    List.of(Orchestrator.NAME, Kind.DB_SCHEDULER.word()),
                    Effort::requests,
                    Goals::ofOneFileRuns),
            new Steady(),
            new LongJobs(),
            new GatewayLimits(),
            new InFlight(),
            new LargeFile(),
            new RunList());

    private static final int ROUNDS = 3;
    private static final int QUICK_ROUNDS = 2;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--quick", description = "The main parts only, and fewer engines.")
    private boolean quick;

    @Option(names = "--only", paramLabel = "PART", split = ",", arity = "1..*", description = "Only these parts.")
    private List<String> only = List.of();

    @Option(names = "--rounds", paramLabel = "N", description = "Rounds that count (default: 3, quick 2).")
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
        Report report = new Report(Machine.of(project), new ArrayList<>());
        List<Part> parts = chosen();
        for (Part part : parts) {
            report.sections().add(measure(part, progress));
            write(report);
        }
        parts.forEach(part -> folder(part).clear());
        out.println();
        report.lines().forEach(out::println);
        out.flush();
        return report.isSound() ? 0 : 1;
    }

    private List<Part> chosen() {
        List<String> names = PARTS.stream().map(Part::name).toList();
        for (String name : only) {
            if (!names.contains(name)) {
                throw new BenchmarkFailure("There is no part '%s'; there are %s".formatted(name, names));
            }
        }
        return PARTS.stream()
                .filter(part -> only.isEmpty() ? part.isMain() || !quick : only.contains(part.name()))
                .toList();
    }

    /** A part that fails does not keep the others from being measured. */
    private Section measure(Part part, Progress progress) {
        BenchmarkFolder folder = folder(part);
        progress.say(part.title());
        try {
            folder.makeAnew();
            return part.measure(folder, new Effort(quick, percent, rounds()), progress);
        } catch (Exception e) {
            progress.say("failed: " + e.getMessage());
            return Section.failed(part.title(), e);
        }
    }

    private int rounds() {
        if (rounds != null) {
            return rounds;
        }
        return quick ? QUICK_ROUNDS : ROUNDS;
    }

    private BenchmarkFolder folder(Part part) {
        return BenchmarkFolder.of(project, part.name());
    }

    /** Written after each part, so that little is lost with whatever ends the benchmark early. */
    private void write(Report report) throws IOException {
        if (json != null) {
            Files.writeString(json, report.json());
        }
        if (markdown != null) {
            Files.writeString(markdown, String.join("\n", report.lines()) + "\n");
        }
    }

    /** When the benchmark is told to end, so is all that it has started. */
    private static void endAll() {
        ProcessHandle.current().descendants().forEach(ProcessHandle::destroy);
    }
}
