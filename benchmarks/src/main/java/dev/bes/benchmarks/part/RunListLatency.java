package dev.bes.benchmarks.part;

import dev.bes.benchmarks.candidate.OrchestratorCandidate;
import dev.bes.benchmarks.environment.BenchmarkDatabase;
import dev.bes.benchmarks.environment.BenchmarkFolder;
import dev.bes.benchmarks.environment.BenchmarkNode;
import dev.bes.benchmarks.environment.HttpRequests;
import dev.bes.benchmarks.environment.StubProcess;
import dev.bes.benchmarks.measure.Percentile;
import dev.bes.benchmarks.report.Goal;
import dev.bes.benchmarks.report.Progress;
import dev.bes.benchmarks.report.ReportSection;
import dev.bes.benchmarks.stub.JobDuration;
import dev.bes.benchmarks.workload.BenchmarkSize;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/** The list of runs, as page and by API, with many stored runs. */
public final class RunListLatency implements BenchmarkPart {

    private static final double MOST_MS = 100;
    private static final int WARM_UP = 50;

    private static final List<String> LISTS = List.of(
            "/",
            "/?state=Failed",
            "/?state=Running",
            "/?definition=job-3",
            "/?definition=job-3&state=Failed",
            "/?definition=nobody",
            "/?before=500",
            "/?definition=job-3&before=900",
            "/api/v1/runs",
            "/api/v1/runs?limit=200",
            "/api/v1/runs?state=Failed",
            "/api/v1/runs?definition=job-3&state=Cancelled",
            "/api/v1/runs?before=500");

    /**
     * What one list was measured at, in milliseconds.
     *
     * @param path its address
     * @param p50 half are no slower
     * @param p95 95 of 100 are no slower
     */
    private record Figures(String path, double p50, double p95) {}

    @Override
    public String name() {
        return "list";
    }

    @Override
    public String title() {
        return "The list of runs";
    }

    @Override
    public ReportSection measure(BenchmarkFolder folder, BenchmarkSize effort, Progress progress) {
        OrchestratorCandidate.define(folder);
        try (StubProcess remote = StubProcess.start(folder, JobDuration.always(Duration.ZERO));
                BenchmarkDatabase database = BenchmarkDatabase.start(folder, OrchestratorCandidate.NAME);
                BenchmarkNode node = new BenchmarkNode(OrchestratorCandidate.NAME, "1g", folder, remote, database)) {
            node.awaitReady();
            progress.begin("storing %,d runs".formatted(effort.storedRuns()));
            StoredRuns.fill(database, effort.storedRuns());
            progress.begin("warming up");
            IntStream.range(0, WARM_UP).forEach(i -> LISTS.forEach(path -> millis(node, path)));
            return section(measure(node, effort.lists(), progress), effort.storedRuns());
        }
    }

    /** Asks for one list after the other, again and again. */
    private static List<Figures> measure(BenchmarkNode node, int times, Progress progress) {
        Map<String, List<Double>> millis = new LinkedHashMap<>();
        for (int i = 0; i < times; i++) {
            progress.begin("asking for each list, %d of %d".formatted(i + 1, times));
            LISTS.forEach(
                    path -> millis.computeIfAbsent(path, p -> new ArrayList<>()).add(millis(node, path)));
        }
        return millis.entrySet().stream()
                .map(list -> new Figures(
                        list.getKey(), Percentile.of(list.getValue(), 50), Percentile.of(list.getValue(), 95)))
                .toList();
    }

    private static double millis(BenchmarkNode node, String path) {
        long start = System.nanoTime();
        HttpRequests.body(node.request(path));
        return (System.nanoTime() - start) / 1e6;
    }

    private ReportSection section(List<Figures> all, int stored) {
        List<List<String>> table = new ArrayList<>(List.of(List.of("list", "p50 ms", "p95 ms")));
        all.forEach(one -> table.add(List.of("`GET " + one.path + "`", text(one.p50), text(one.p95))));
        double worst = all.stream().mapToDouble(Figures::p95).max().orElseThrow();
        String figure = String.format(Locale.ROOT, "a list of runs with %,d stored, p95", stored);
        return new ReportSection(
                title(),
                table,
                List.of(Goal.of(figure, "under 100 ms", "%.0f ms (the slowest list)", worst, worst < MOST_MS)),
                List.of(String.format(Locale.ROOT, "%,d runs of one scoring each are stored", stored)),
                List.of(),
                all);
    }

    private static String text(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
