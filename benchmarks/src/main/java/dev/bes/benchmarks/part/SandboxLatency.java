package dev.bes.benchmarks.part;

import dev.bes.benchmarks.environment.BenchmarkFolder;
import dev.bes.benchmarks.environment.HttpRequests;
import dev.bes.benchmarks.measure.Percentile;
import dev.bes.benchmarks.measure.Spread;
import dev.bes.benchmarks.report.Goal;
import dev.bes.benchmarks.report.Progress;
import dev.bes.benchmarks.report.ReportSection;
import dev.bes.benchmarks.sandbox.SandboxProcess;
import dev.bes.benchmarks.workload.BenchmarkSize;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** What the sandbox's gateway costs, and how fast its portal answers. */
public final class SandboxLatency implements BenchmarkPart {

    private static final double MOST_CPU_MS = 0.2;
    private static final double MOST_MS = 100;
    private static final int PARALLEL = 200;

    /** After so many the compilers of both processes have little left to do. */
    private static final int WARM_UP = 120;

    private static final int BURSTS = 40;

    /**
     * What was measured.
     *
     * @param managed CPU of a call through the gateway, in ms, round by round
     * @param direct CPU of the same call without it
     * @param tryIt time of each of the parallel try-its, in ms
     * @param dashboard time of each request for the dashboard, in ms
     */
    private record Figures(List<Double> managed, List<Double> direct, List<Double> tryIt, List<Double> dashboard) {

        double gateway() {
            return Spread.of(managed, it -> it).median()
                    - Spread.of(direct, it -> it).median();
        }
    }

    @Override
    public String name() {
        return "sandbox";
    }

    @Override
    public String title() {
        return "The sandbox's gateway and portal";
    }

    @Override
    public ReportSection measure(BenchmarkFolder folder, BenchmarkSize size, Progress progress) throws Exception {
        Figures figures = new Figures(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        try (SandboxProcess sandbox = SandboxProcess.start(folder, size.storedRuns())) {
            progress.begin("warming up");
            measureCpu(sandbox, size.calls() * 2);
            for (int round = 1; round <= size.rounds(); round++) {
                progress.begin("calling with and without the gateway, round %d".formatted(round));
                List<Double> cpu = measureCpu(sandbox, size.calls());
                figures.managed.add(cpu.getFirst());
                figures.direct.add(cpu.getLast());
            }
            progress.begin("asking the portal");
            figures.tryIt.addAll(bursts(sandbox.tryIt(), PARALLEL, SandboxProcess::checkTryIt));
            figures.dashboard.addAll(bursts(sandbox.dashboard(), 1, page -> {}));
        }
        return section(figures, size.storedRuns());
    }

    /** CPU in ms of a call through the gateway, and of one without it. */
    private static List<Double> measureCpu(SandboxProcess sandbox, int calls) {
        return List.of(
                cpuPerCall(sandbox, sandbox::executeManaged, calls),
                cpuPerCall(sandbox, sandbox::executeDirect, calls));
    }

    private static double cpuPerCall(SandboxProcess sandbox, Runnable call, int calls) {
        long before = sandbox.cpu().toNanos();
        for (int i = 0; i < calls; i++) {
            call.run();
        }
        return (sandbox.cpu().toNanos() - before) / 1e6 / calls;
    }

    /**
     * The time of each request in ms, after a warm-up.
     *
     * @param check fails unless an answer is right; every one is checked, when its time has been taken
     */
    private static List<Double> bursts(HttpRequest.Builder request, int parallel, Consumer<String> check)
            throws Exception {
        List<Double> millis = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int burst = 0; burst < WARM_UP + BURSTS; burst++) {
                List<Future<Double>> answers = new ArrayList<>();
                for (int i = 0; i < parallel; i++) {
                    answers.add(threads.submit(() -> millis(request, check)));
                }
                for (Future<Double> answer : answers) {
                    double time = answer.get();
                    if (burst >= WARM_UP) {
                        millis.add(time);
                    }
                }
            }
        }
        return millis;
    }

    private static double millis(HttpRequest.Builder request, Consumer<String> check) {
        long start = System.nanoTime();
        String answer = HttpRequests.body(request);
        double time = (System.nanoTime() - start) / 1e6;
        check.accept(answer);
        return time;
    }

    private ReportSection section(Figures figures, int counted) {
        double tryIt = Percentile.of(figures.tryIt, 95);
        double dashboard = Percentile.of(figures.dashboard, 95);
        return new ReportSection(
                title(),
                List.of(
                        List.of("", "p50", "p95"),
                        List.of("CPU of a call through the gateway, ms", spread(figures.managed), ""),
                        List.of("CPU of the same call without it, ms", spread(figures.direct), ""),
                        List.of("one of 200 parallel try-its, ms", half(figures.tryIt), text(tryIt)),
                        List.of("dashboard, ms", half(figures.dashboard), text(dashboard))),
                List.of(
                        Goal.of(
                                "CPU that the gateway adds to a call",
                                "less than 0.2 ms",
                                "%.3f ms",
                                figures.gateway(),
                                figures.gateway() < MOST_CPU_MS),
                        Goal.of("200 parallel try-its, p95", "under 100 ms", "%.0f ms", tryIt, tryIt < MOST_MS),
                        Goal.of(
                                "dashboard of %,d counted calls, p95".formatted(counted),
                                "under 100 ms",
                                "%.0f ms",
                                dashboard,
                                dashboard < MOST_MS)),
                List.of("one RRS call of one row at a time; CPU is that of the sandbox's process"),
                List.of(),
                figures);
    }

    private static String spread(List<Double> values) {
        return Spread.of(values, it -> it).text(3);
    }

    private static String half(List<Double> values) {
        return text(Percentile.of(values, 50));
    }

    private static String text(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
