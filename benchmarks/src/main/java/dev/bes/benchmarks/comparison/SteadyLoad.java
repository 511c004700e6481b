package dev.bes.benchmarks.comparison;

import dev.bes.benchmarks.candidate.Candidate;
import dev.bes.benchmarks.candidate.Candidates;
import dev.bes.benchmarks.candidate.OrchestratorCandidate;
import dev.bes.benchmarks.engine.EngineKind;
import dev.bes.benchmarks.environment.BenchmarkFolder;
import dev.bes.benchmarks.environment.StubProcess;
import dev.bes.benchmarks.measure.CompilerQuiescence;
import dev.bes.benchmarks.measure.Spread;
import dev.bes.benchmarks.part.BenchmarkPart;
import dev.bes.benchmarks.report.Goal;
import dev.bes.benchmarks.report.Progress;
import dev.bes.benchmarks.report.ReportSection;
import dev.bes.benchmarks.stub.JobDuration;
import dev.bes.benchmarks.workload.BenchmarkSize;
import dev.bes.benchmarks.workload.RequestPattern;
import dev.bes.benchmarks.workload.Workload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Requests for one file each, at a constant rate that leaves the machine mostly idle. */
public final class SteadyLoad implements BenchmarkPart {

    private static final int PER_SECOND = 20;
    private static final double CPU_MS = 17;
    private static final double HALF_MS = 20;
    private static final double MOST_MS = 60;

    @Override
    public String name() {
        return "steady";
    }

    @Override
    public String title() {
        return PER_SECOND + " requests per second, one file each";
    }

    @Override
    public boolean isMain() {
        return true;
    }

    @Override
    public ReportSection measure(BenchmarkFolder folder, BenchmarkSize effort, Progress progress) {
        List<String> engines = List.of(OrchestratorCandidate.NAME, EngineKind.DB_SCHEDULER.title());
        Workload many = Workload.make(folder.work(), effort.requests());
        Workload work = many.first((int) (effort.steady().toSeconds() * PER_SECOND));
        Map<String, List<SteadyFigures>> rounds = new LinkedHashMap<>();
        try (StubProcess remote = StubProcess.start(folder, JobDuration.always(Duration.ZERO));
                Candidates candidates = Candidates.start(engines, folder, remote, progress)) {
            // as fast as possible: at a low rate the JIT compiler would work through all rounds
            candidates
                    .all()
                    .forEach(
                            one -> new EngineMeasurement(one, RequestPattern.ONE_BY_ONE, many, remote, folder, progress)
                                    .warmUp());
            progress.begin("nothing to do");
            CompilerQuiescence.await(candidates.all());
            for (int round = 1; round <= effort.rounds(); round++) {
                for (Candidate candidate : candidates.all()) {
                    progress.begin("%s: round %d".formatted(candidate.name(), round));
                    SteadyFigures figures = new SteadyRound(candidate, remote, work, folder).measure(PER_SECOND);
                    progress.print("%s: round %d: %.1f ms CPU, %.1f commits, start after %.1f / %.1f ms"
                            .formatted(
                                    candidate.name(),
                                    round,
                                    figures.cpu(),
                                    figures.commits(),
                                    figures.accepted50(),
                                    figures.accepted99()));
                    rounds.computeIfAbsent(candidate.name(), name -> new ArrayList<>())
                            .add(figures);
                }
            }
            return section(rounds, candidates);
        }
    }

    private ReportSection section(Map<String, List<SteadyFigures>> rounds, Candidates candidates) {
        return new ReportSection(
                title(),
                table(rounds),
                goals(rounds.getOrDefault(OrchestratorCandidate.NAME, List.of())),
                candidates.all().stream()
                        .map(one -> one.name() + ": " + one.settings())
                        .toList(),
                List.of(),
                rounds);
    }

    private static List<List<String>> table(Map<String, List<SteadyFigures>> rounds) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(row("", List.copyOf(rounds.keySet())));
        rows.add(row("per scoring: CPU ms, engine", rounds, SteadyFigures::serviceCpu));
        rows.add(row("CPU ms, PostgreSQL", rounds, SteadyFigures::databaseCpu));
        rows.add(row("commits, with idle ones", rounds, SteadyFigures::commits));
        rows.add(row("accepted to remote start, ms, p50", rounds, SteadyFigures::accepted50));
        rows.add(row("p99", rounds, SteadyFigures::accepted99));
        rows.add(row("sent to remote start, ms, p50", rounds, SteadyFigures::sent50));
        rows.add(row("p99", rounds, SteadyFigures::sent99));
        return rows;
    }

    private static List<String> row(
            String title, Map<String, List<SteadyFigures>> rounds, ToDoubleFunction<SteadyFigures> figure) {
        return row(
                title,
                rounds.values().stream()
                        .map(figures -> Spread.of(figures, figure).text(1))
                        .toList());
    }

    private static List<String> row(String title, List<String> cells) {
        List<String> row = new ArrayList<>(List.of(title));
        row.addAll(cells);
        return row;
    }

    private static List<Goal> goals(List<SteadyFigures> ours) {
        double cpu = Spread.of(ours, SteadyFigures::cpu).median();
        double half = Spread.of(ours, SteadyFigures::accepted50).median();
        double most = Spread.of(ours, SteadyFigures::accepted99).median();
        return List.of(
                Goal.of("CPU per scoring at 20 requests per second", "at most 17 ms", "%.1f ms", cpu, cpu <= CPU_MS),
                Goal.of("accepted to remote start, p50", "at most 20 ms", "%.1f ms", half, half <= HALF_MS),
                Goal.of("accepted to remote start, p99", "at most 60 ms", "%.1f ms", most, most <= MOST_MS));
    }
}
