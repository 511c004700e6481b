package dev.bes.benchmarks.part;

import dev.bes.benchmarks.candidate.OrchestratorCandidate;
import dev.bes.benchmarks.environment.BenchmarkDatabase;
import dev.bes.benchmarks.environment.BenchmarkFolder;
import dev.bes.benchmarks.environment.BenchmarkNode;
import dev.bes.benchmarks.environment.ChildProcess;
import dev.bes.benchmarks.environment.StubProcess;
import dev.bes.benchmarks.measure.ProcessStatistics;
import dev.bes.benchmarks.measure.Spread;
import dev.bes.benchmarks.report.Goal;
import dev.bes.benchmarks.report.Progress;
import dev.bes.benchmarks.report.ReportSection;
import dev.bes.benchmarks.stub.JobDuration;
import dev.bes.benchmarks.workload.BenchmarkSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.awaitility.Awaitility;

/** One large file, checked and staged by the service in a small heap; beside it a plain upload with the Azure SDK. */
public final class LargeFile implements BenchmarkPart {

    private static final String HEAP = "256m";
    private static final double OF_PLAIN = 80;
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final double MB = 1e6;

    /**
     * What one round was measured at, in megabytes per second.
     *
     * @param plain an upload with the Azure SDK
     * @param ours from the request until it was staged
     */
    private record Figures(double plain, double ours) {}

    @Override
    public String name() {
        return "large-file";
    }

    @Override
    public String title() {
        return "One large CSV file, staged";
    }

    @Override
    public ReportSection measure(BenchmarkFolder folder, BenchmarkSize effort, Progress progress) throws IOException {
        OrchestratorCandidate.define(folder);
        Path file = Files.createDirectories(folder.work()).resolve("large.csv");
        progress.begin("writing %,d MB".formatted((long) (effort.largeFile() / MB)));
        LargeCsv.write(file, effort.largeFile());
        double megabytes = Files.size(file) / MB;
        List<Figures> rounds = new ArrayList<>();
        try (StubProcess remote = StubProcess.start(folder, JobDuration.always(Duration.ofDays(1)));
                BenchmarkDatabase database = BenchmarkDatabase.start(folder, OrchestratorCandidate.NAME);
                BenchmarkNode node = new BenchmarkNode(OrchestratorCandidate.NAME, HEAP, folder, remote, database)) {
            node.awaitReady();
            for (int round = 1; round <= effort.rounds(); round++) {
                progress.begin("round %d: plain upload".formatted(round));
                double plain = plain(remote, file, folder);
                progress.begin("round %d: ours".formatted(round));
                double ours = ours(node, database);
                rounds.add(new Figures(megabytes / plain, megabytes / ours));
                progress.print("round %d: %.0f s plain, %.0f s ours".formatted(round, plain, ours));
            }
            double peak = ProcessStatistics.peakMemory(List.of(node.pid())) / MB;
            return section(rounds, megabytes, peak);
        }
    }

    /** The seconds that an upload takes. */
    private static double plain(StubProcess remote, Path file, BenchmarkFolder folder) {
        ChildProcess.Command upload = ChildProcess.Command.thisProgram(
                "upload", List.of("upload", "--stub", remote.address().url().toString(), "--file", file.toString()));
        try (ChildProcess process = ChildProcess.withOutput(upload, folder.log("upload"))) {
            return Long.parseLong(process.readLine()) / 1e9;
        }
    }

    /** The seconds from the request until the service has it staged, by the database's clock. */
    private static double ours(BenchmarkNode node, BenchmarkDatabase database) {
        String seconds = "SELECT extract(epoch FROM a.staged_at - r.created_at) FROM run r"
                + " JOIN scoring s ON s.run_id = r.id JOIN attempt a ON a.scoring_id = s.id WHERE r.id = "
                + OrchestratorCandidate.requestAll(node);
        Awaitility.await()
                .atMost(LONGEST)
                .pollInSameThread()
                .pollInterval(Duration.ofMillis(500))
                .until(() -> database.number(seconds) > 0);
        return database.number(seconds);
    }

    private ReportSection section(List<Figures> rounds, double megabytes, double peak) {
        Spread plain = Spread.of(rounds, Figures::plain);
        Spread ours = Spread.of(rounds, Figures::ours);
        double share = 100 * ours.median() / plain.median();
        String figure = String.format(Locale.ROOT, "a CSV file of %.1f GB", megabytes / 1_000);
        return new ReportSection(
                title(),
                List.of(
                        List.of("MB per second", figure),
                        List.of("plain upload", plain.text(0)),
                        List.of("ours, checked and staged", ours.text(0))),
                List.of(
                        new Goal(figure, "heap of at most 256 MB", "-Xmx" + HEAP, true),
                        Goal.of(figure, "at least 80 % of a plain upload", "%.0f %%", share, share >= OF_PLAIN)),
                List.of(
                        "plain upload: BlobClient.uploadFromFile over the JDK's HTTP client, default settings",
                        String.format(
                                Locale.ROOT, "ours: with -Xmx%s; %.0f MB resident at most, all included", HEAP, peak)),
                List.of(),
                rounds);
    }
}
