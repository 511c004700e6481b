package dev.bes.benchmarks.part;

import dev.bes.benchmarks.candidate.OrchestratorCandidate;
import dev.bes.benchmarks.environment.BenchmarkDatabase;
import dev.bes.benchmarks.environment.BenchmarkFolder;
import dev.bes.benchmarks.environment.BenchmarkNode;
import dev.bes.benchmarks.environment.StubProcess;
import dev.bes.benchmarks.measure.LiveHeap;
import dev.bes.benchmarks.measure.ProcessStatistics;
import dev.bes.benchmarks.report.Goal;
import dev.bes.benchmarks.report.Progress;
import dev.bes.benchmarks.report.ReportSection;
import dev.bes.benchmarks.stub.JobDuration;
import dev.bes.benchmarks.stub.StubJournal;
import dev.bes.benchmarks.workload.Arrivals;
import dev.bes.benchmarks.workload.BenchmarkSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.awaitility.Awaitility;

/** Many files that arrive in one drop folder within a minute; each content is scored once. */
public final class ArrivingFiles implements BenchmarkPart {

    private static final Duration TIME = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofMinutes(20);
    private static final String FOLDER = "arrivals";
    private static final String HEAP = "256m";

    /**
     * What was measured.
     *
     * @param files files that arrived
     * @param arrivedSeconds in how much time
     * @param doneSeconds from the first file until every file was in its place
     * @param liveMb live objects when the last file had arrived
     * @param peakMb most memory resident, all included
     * @param scored files whose run has finished
     * @param repeated files that were not scored, as their content was
     * @param quarantined files that are kept apart
     */
    private record Figures(
            int files,
            double arrivedSeconds,
            double doneSeconds,
            double liveMb,
            double peakMb,
            long scored,
            long repeated,
            long quarantined) {}

    @Override
    public String name() {
        return "arrivals";
    }

    @Override
    public String title() {
        return "Files that arrive in one drop folder within a minute, on one node with -Xmx" + HEAP;
    }

    @Override
    public ReportSection measure(BenchmarkFolder folder, BenchmarkSize effort, Progress progress) throws IOException {
        define(folder);
        Path inbox = Files.createDirectories(
                folder.own(OrchestratorCandidate.NAME).resolve("inbox").resolve(FOLDER));
        Arrivals arrivals = new Arrivals(inbox, effort.arrivals(), TIME);
        try (StubProcess remote = StubProcess.start(folder, JobDuration.always(Duration.ZERO));
                BenchmarkDatabase database = BenchmarkDatabase.start(folder, OrchestratorCandidate.NAME);
                BenchmarkNode node = new BenchmarkNode(OrchestratorCandidate.NAME, HEAP, folder, remote, database)) {
            node.awaitReady();
            Figures figures = measure(arrivals, node, database, progress);
            return section(figures, failures(arrivals, figures, remote.journal()));
        }
    }

    private static void define(BenchmarkFolder folder) throws IOException {
        Files.writeString(folder.definitions().resolve(FOLDER + ".yaml"), """
                name: arrivals
                endpoint: stub
                inputs:
                  input1:
                    columns: [id, species]
                outputs:
                  output1:
                    rows: same
                    columns: [id, species]
                triggers:
                  files:
                    - folder: arrivals
                      settle: 2s
                      duplicates: once
                delivery:
                  folder: arrivals
                deadline: 4h
                """);
    }

    private static Figures measure(
            Arrivals arrivals, BenchmarkNode node, BenchmarkDatabase database, Progress progress) {
        progress.begin("writing %,d files within a minute".formatted(arrivals.size()));
        long start = System.nanoTime();
        arrivals.write(written -> progress.show(written, arrivals.size()));
        double arrived = seconds(start);
        double live = LiveHeap.bytes(node.pid()) / 1e6;
        progress.begin("until every file is in its place");
        Awaitility.await()
                .atMost(LONGEST)
                .pollInSameThread()
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> {
                    long placed = count(database, "archive', 'duplicate', 'failed");
                    progress.show(placed, arrivals.size());
                    return placed >= arrivals.size();
                });
        double done = seconds(start);
        progress.print("%,d files after %.0f s".formatted(arrivals.size(), done));
        return new Figures(
                arrivals.size(),
                arrived,
                done,
                live,
                ProcessStatistics.peakMemory(List.of(node.pid())) / 1e6,
                count(database, "archive"),
                count(database, "duplicate"),
                count(database, "failed"));
    }

    private static long count(BenchmarkDatabase database, String locations) {
        return (long) database.number("SELECT count(*) FROM dropped_file WHERE location IN ('" + locations + "')");
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    private static List<String> failures(Arrivals arrivals, Figures figures, StubJournal journal) {
        int scored = arrivals.size() - arrivals.repeated() - arrivals.bad();
        List<String> failures = new ArrayList<>();
        if (figures.scored != scored || figures.repeated != arrivals.repeated()) {
            failures.add("%d files were scored and %d recognized, not %d and %d"
                    .formatted(figures.scored, figures.repeated, scored, arrivals.repeated()));
        }
        if (figures.quarantined != arrivals.bad()) {
            failures.add("%d bad files were kept apart, not %d".formatted(figures.quarantined, arrivals.bad()));
        }
        if (journal.starts() != scored || journal.startedTwice() != 0) {
            failures.add("%d starts for %d contents, %d jobs were started twice"
                    .formatted(journal.starts(), scored, journal.startedTwice()));
        }
        return failures;
    }

    private ReportSection section(Figures figures, List<String> failures) {
        return new ReportSection(
                title(),
                List.of(
                        List.of("", "one node"),
                        List.of("files", number(figures.files)),
                        List.of("arrived in, s", number(figures.arrivedSeconds)),
                        List.of("every file in its place after, s", number(figures.doneSeconds)),
                        List.of("files per second", number(figures.files / figures.doneSeconds)),
                        List.of("scored", number((double) figures.scored)),
                        List.of("recognized as scored before", number((double) figures.repeated)),
                        List.of("bad, in quarantine", number((double) figures.quarantined)),
                        List.of("live heap when all had arrived, MB", number(figures.liveMb)),
                        List.of("peak memory, MB", number(figures.peakMb))),
                List.of(Goal.liveHeap("memory while files arrive", figures.liveMb)),
                List.of(
                        "one in ten is written slowly, the others are renamed; one in ten has the bytes of another one, one in"
                                + " a hundred is no CSV file"),
                failures,
                figures);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%,.0f", value);
    }
}
