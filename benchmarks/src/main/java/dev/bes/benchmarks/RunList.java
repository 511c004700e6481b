package dev.bes.benchmarks;

import dev.bes.benchmarks.stub.JobTime;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The list of runs, as page and by API, when very many runs are stored. */
final class RunList implements Part {

    private static final double MOST_MS = 100;
    private static final int WARM_UP = 20;

    private static final List<String> LISTS = List.of(
            "/",
            "/?state=Failed",
            "/?state=Running",
            "/?definition=job-3",
            "/?definition=job-3&state=Failed",
            "/?definition=nobody",
            "/?before=500",
            "/?definition=job-3&before=900",
            "/api/runs",
            "/api/runs?limit=200",
            "/api/runs?state=Failed",
            "/api/runs?definition=job-3&state=Cancelled",
            "/api/runs?before=500");

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
    public boolean isMain() {
        return false;
    }

    @Override
    public Section measure(BenchmarkFolder folder, Effort effort, Progress progress) throws IOException {
        Orchestrator.define(folder);
        try (Remote remote = Remote.start(folder, JobTime.always(Duration.ZERO));
                Database database = Database.start(folder, Orchestrator.NAME);
                Node node = new Node(Orchestrator.NAME, "1g", folder, remote, database)) {
            node.awaitReady();
            progress.begin("storing %,d runs".formatted(effort.storedRuns()));
            StoredRuns.fill(database, effort.storedRuns());
            List<Figures> all = new ArrayList<>();
            for (String path : LISTS) {
                progress.begin("GET " + path);
                all.add(measure(node, path, effort.lists()));
            }
            return section(all, effort.storedRuns());
        }
    }

    private static Figures measure(Node node, String path, int times) {
        List<Double> millis = new ArrayList<>();
        for (int i = -WARM_UP; i < times; i++) {
            long start = System.nanoTime();
            HttpResponse<String> answer = Http.send(node.request(path));
            double took = (System.nanoTime() - start) / 1e6;
            if (answer.statusCode() != 200) {
                throw new BenchmarkFailure("GET %s was answered with %d".formatted(path, answer.statusCode()));
            }
            if (i >= 0) {
                millis.add(took);
            }
        }
        return new Figures(path, Percentile.of(millis, 50), Percentile.of(millis, 95));
    }

    private Section section(List<Figures> all, int stored) {
        List<List<String>> table = new ArrayList<>(List.of(List.of("list", "p50 ms", "p95 ms")));
        all.forEach(one -> table.add(List.of("`GET " + one.path + "`", millis(one.p50), millis(one.p95))));
        double worst = all.stream().mapToDouble(Figures::p95).max().orElseThrow();
        String figure = String.format(Locale.ROOT, "a list of runs with %,d stored, p95", stored);
        return new Section(
                title(),
                table,
                List.of(Goal.of(figure, "under 100 ms", "%.0f ms (the slowest list)", worst, worst < MOST_MS)),
                List.of(String.format(Locale.ROOT, "%,d runs of one scoring each are stored", stored)),
                List.of(),
                all);
    }

    private static String millis(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
