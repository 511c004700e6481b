package dev.bes.benchmarks.comparison;

import dev.bes.benchmarks.candidate.CandidateName;
import dev.bes.benchmarks.candidate.OrchestratorCandidate;
import dev.bes.benchmarks.engine.EngineKind;
import dev.bes.benchmarks.report.Goal;
import dev.bes.benchmarks.stub.StubKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The goals of the comparisons, each with the reached value; goals of engines that were not measured are left out. */
public final class ComparisonGoals {

    private static final double COMMITS = 0.3;
    private static final double CPU_MS = 0.5;
    private static final double OF_BARE = 80;
    private static final double OF_DB_SCHEDULER = 1.5;
    private static final double OF_SPRING_BATCH = 5;
    private static final double OF_BES = 1.3;
    private static final double FOLDED = 3_000;

    private ComparisonGoals() {}

    /** Of one run of all files. */
    public static List<Goal> ofOneRun(ComparisonResults results) {
        List<Goal> goals = new ArrayList<>();
        results.of(OrchestratorCandidate.NAME).ifPresent(ours -> {
            results.of(EngineKind.BARE.title()).ifPresent(bare -> goals.addAll(besideBare(ours, bare)));
            times("one run of all files: scorings per second", results, EngineKind.DB_SCHEDULER, OF_DB_SCHEDULER)
                    .ifPresent(goals::add);
            double commits = ours.median(ScoringFigures::commits);
            goals.add(Goal.of("commits per scoring", "at most 0.3", "%.3f", commits, commits <= COMMITS));
        });
        results.of(OrchestratorCandidate.TWO_NODES)
                .ifPresent(two -> goals.add(
                        new Goal("one run over two nodes", "each file started once", "in every round", true)));
        return goals;
    }

    /** Of one run for each file. */
    public static List<Goal> ofOneFileRuns(ComparisonResults results) {
        String figure = "one-file runs by REST: scorings per second";
        List<Goal> goals = new ArrayList<>();
        times(figure, results, EngineKind.DB_SCHEDULER, 1).ifPresent(goals::add);
        times(figure, results, EngineKind.SPRING_BATCH, OF_SPRING_BATCH).ifPresent(goals::add);
        return goals;
    }

    /** Of the kinds of remote services: what each costs above its bare calls, beside what BES costs. */
    public static List<Goal> ofKinds(ComparisonResults results) {
        List<Goal> goals = new ArrayList<>();
        aboveBare(results, OrchestratorCandidate.NAME, EngineKind.BARE.title()).ifPresent(bes -> {
            for (StubKind kind : StubKind.values()) {
                aboveBare(results, ours(kind), bare(kind))
                        .filter(above -> kind != StubKind.BES)
                        .ifPresent(above -> {
                            double times = above / bes;
                            goals.add(Goal.of(
                                    kind.title() + ": CPU per scoring above the bare calls",
                                    "at most 1.3 times that of BES",
                                    "%.2f times",
                                    times,
                                    times <= OF_BES));
                        });
            }
        });
        return goals;
    }

    private static Optional<Double> aboveBare(ComparisonResults results, String ours, String bare) {
        return results.of(ours)
                .flatMap(engine -> results.of(bare)
                        .map(calls -> engine.beside(calls, ScoringFigures::cpuMs, (a, b) -> a - b)
                                .median()));
    }

    /** Of large files whose rows go to a model server in batches. */
    public static List<Goal> ofRows(ComparisonResults results) {
        return results.of(ours(StubKind.INFERENCE))
                .flatMap(ours -> results.of(bare(StubKind.INFERENCE)).map(bare -> {
                    double share = ours.beside(bare, ScoringFigures::perSecond, (a, b) -> 100 * a / b)
                            .median();
                    return List.of(Goal.of(
                            "rows per second by a model server",
                            "at least 80 % of a bare client with the same batches",
                            "%.0f %%",
                            share,
                            share >= OF_BARE));
                }))
                .orElse(List.of());
    }

    /** Of many files in few jobs. */
    public static List<Goal> ofFolding(ComparisonResults results) {
        return results.of(OrchestratorCandidate.FOLDING)
                .map(ours -> {
                    double perSecond = ours.median(ScoringFigures::perSecond);
                    return List.of(Goal.of(
                            "many files in one job: files per second",
                            "at least 3,000",
                            "%.0f",
                            perSecond,
                            perSecond >= FOLDED));
                })
                .orElse(List.of());
    }

    private static String ours(StubKind kind) {
        return CandidateName.of(OrchestratorCandidate.NAME, kind);
    }

    private static String bare(StubKind kind) {
        return CandidateName.of(EngineKind.BARE.title(), kind);
    }

    private static Optional<Goal> times(String figure, ComparisonResults results, EngineKind kind, double least) {
        return results.of(OrchestratorCandidate.NAME)
                .flatMap(ours -> results.of(kind.title()).map(other -> {
                    double times = ours.beside(other, ScoringFigures::perSecond, (a, b) -> a / b)
                            .median();
                    String goal = "at least %s times %s".formatted(least, kind.title());
                    return Goal.of(figure, goal, "%.2f times", times, times >= least);
                }));
    }

    private static List<Goal> besideBare(EngineResult ours, EngineResult bare) {
        double share = ours.beside(bare, ScoringFigures::perSecond, (a, b) -> 100 * a / b)
                .median();
        double cpu = ours.beside(bare, ScoringFigures::cpuMs, (a, b) -> a - b).median();
        return List.of(
                Goal.of(
                        "one run of all files: scorings per second",
                        "at least 80 % of the bare calls",
                        "%.0f %%",
                        share,
                        share >= OF_BARE),
                Goal.of("CPU per scoring above the bare calls", "at most 0.5 ms", "%.2f ms", cpu, cpu <= CPU_MS));
    }
}
