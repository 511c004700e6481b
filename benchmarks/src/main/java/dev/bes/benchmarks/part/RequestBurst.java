package dev.bes.benchmarks.part;

import dev.bes.benchmarks.candidate.OrchestratorCandidate;
import dev.bes.benchmarks.environment.BenchmarkDatabase;
import dev.bes.benchmarks.environment.BenchmarkFailure;
import dev.bes.benchmarks.environment.BenchmarkFolder;
import dev.bes.benchmarks.environment.BenchmarkNode;
import dev.bes.benchmarks.environment.StubProcess;
import dev.bes.benchmarks.measure.LiveHeap;
import dev.bes.benchmarks.measure.Percentile;
import dev.bes.benchmarks.measure.ProcessStatistics;
import dev.bes.benchmarks.report.Goal;
import dev.bes.benchmarks.report.Progress;
import dev.bes.benchmarks.report.ReportSection;
import dev.bes.benchmarks.stub.JobDuration;
import dev.bes.benchmarks.stub.StubJournal;
import dev.bes.benchmarks.workload.BenchmarkSize;
import dev.bes.benchmarks.workload.ConstantRate;
import dev.bes.benchmarks.workload.ConstantRate.SentRequest;
import dev.bes.benchmarks.workload.Workload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.awaitility.Awaitility;

/** Many requests within ten seconds to a node that has just started; each is one run, however often it is repeated. */
public final class RequestBurst implements BenchmarkPart {

    private static final Duration TIME = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final String HEAP = "256m";
    private static final double MB = 1e6;

    /**
     * What was measured.
     *
     * @param requests how many there were
     * @param sentSeconds in how much time they were sent for the first time
     * @param acceptedSeconds after how much time the last one was accepted
     * @param doneSeconds after how much time every run had ended
     * @param accepted50 from the first time that a request was sent until it was accepted, in ms: half are no slower
     * @param accepted99 the same: 99 of 100 are no slower
     * @param refused answers 429 or 503, after each of which the request was repeated
     * @param unclear requests without a clear answer, which were repeated
     * @param liveMb live objects: before, when all were accepted, at the end
     * @param peakMb most memory resident
     */
    private record Figures(
            int requests,
            double sentSeconds,
            double acceptedSeconds,
            double doneSeconds,
            double accepted50,
            double accepted99,
            long refused,
            long unclear,
            List<Double> liveMb,
            double peakMb) {}

    @Override
    public String name() {
        return "burst";
    }

    @Override
    public String title() {
        return "Requests that come within ten seconds, to a node with -Xmx" + HEAP + " that has just started";
    }

    @Override
    public ReportSection measure(BenchmarkFolder folder, BenchmarkSize size, Progress progress) {
        OrchestratorCandidate.define(folder);
        Workload work = Workload.make(folder.work(), size.burst());
        try (StubProcess remote = StubProcess.start(folder, JobDuration.always(Duration.ZERO));
                BenchmarkDatabase database = BenchmarkDatabase.start(folder, OrchestratorCandidate.NAME);
                BenchmarkNode node = new BenchmarkNode(OrchestratorCandidate.NAME, HEAP, folder, remote, database)) {
            node.awaitReady();
            BurstAnswers answers = new BurstAnswers();
            Figures figures = measure(work, node, database, answers, progress);
            List<String> failures = answers.failures(work.size());
            failures.addAll(failures(work, folder, database, remote.journal()));
            return section(figures, failures);
        }
    }

    private static Figures measure(
            Workload work, BenchmarkNode node, BenchmarkDatabase database, BurstAnswers answers, Progress progress) {
        List<Double> live = new ArrayList<>(List.of(live(node)));
        progress.begin("sending %,d requests in %d s".formatted(work.size(), TIME.toSeconds()));
        int perSecond = Math.max(1, (int) (work.size() / TIME.toSeconds()));
        long start = System.nanoTime();
        List<SentRequest> sent = new ConstantRate(perSecond)
                .send(
                        file -> {
                            String key = UUID.randomUUID().toString();
                            return Long.toString(answers.send(() -> OrchestratorCandidate.request(node, file, key)));
                        },
                        work.files());
        double accepted = seconds(start);
        live.add(live(node));
        progress.begin("until every run has ended");
        Awaitility.await()
                .atMost(LONGEST)
                .pollInSameThread()
                .pollInterval(Duration.ofMillis(500))
                .until(() -> database.number("SELECT count(*) FROM run WHERE ended_at IS NULL") == 0);
        double done = seconds(start);
        live.add(live(node));
        progress.print("%,d requests: accepted after %.0f s, done after %.0f s".formatted(work.size(), accepted, done));
        List<Double> times = sent.stream()
                .map(one -> (one.accepted() - one.sent()) / 1_000.0)
                .toList();
        return new Figures(
                work.size(),
                (sent.getLast().sent() - sent.getFirst().sent()) / 1e6,
                accepted,
                done,
                Percentile.of(times, 50),
                Percentile.of(times, 99),
                answers.refused(),
                answers.unclear(),
                live,
                ProcessStatistics.peakMemory(List.of(node.pid())) / MB);
    }

    private static double live(BenchmarkNode node) {
        return LiveHeap.bytes(node.pid()) / MB;
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    private static List<String> failures(
            Workload work, BenchmarkFolder folder, BenchmarkDatabase database, StubJournal journal) {
        List<String> failures = new ArrayList<>();
        long runs = (long) database.number("SELECT count(*) FROM run");
        long finished = (long) database.number("SELECT count(*) FROM run WHERE state = 'Finished'");
        if (runs != work.size() || finished != work.size()) {
            failures.add("%d runs for %d requests, %d of them finished".formatted(runs, work.size(), finished));
        }
        if (journal.starts() != work.size() || journal.startedTwice() != 0) {
            failures.add("%d starts for %d requests, %d jobs were started twice"
                    .formatted(journal.starts(), work.size(), journal.startedTwice()));
        }
        try {
            work.check(OrchestratorCandidate.deliveredForSingleFiles(folder));
        } catch (BenchmarkFailure e) {
            failures.add(String.valueOf(e.getMessage()));
        }
        return failures;
    }

    private ReportSection section(Figures figures, List<String> failures) {
        String lost = failures.isEmpty() ? "none lost, none doubled" : "see the failures";
        return new ReportSection(
                title(),
                List.of(
                        List.of("", "one node"),
                        List.of("requests", number(figures.requests)),
                        List.of("sent in, s", number(figures.sentSeconds)),
                        List.of("all accepted after, s", number(figures.acceptedSeconds)),
                        List.of("all runs ended after, s", number(figures.doneSeconds)),
                        List.of("sent to accepted, ms, p50", number(figures.accepted50)),
                        List.of("p99", number(figures.accepted99)),
                        List.of("answers 429 or 503, repeated", number((double) figures.refused)),
                        List.of("without a clear answer, repeated", number((double) figures.unclear)),
                        List.of("live heap before, accepted, at the end, MB", numbers(figures.liveMb)),
                        List.of("peak memory, MB", number(figures.peakMb))),
                List.of(
                        new Goal("requests within ten seconds", "none lost, none doubled", lost, failures.isEmpty()),
                        Goal.liveHeap("memory meanwhile", Collections.max(figures.liveMb))),
                List.of(
                        "the node has seen no request before; each request is a form with one file and a key of its own"),
                failures,
                figures);
    }

    private static String numbers(List<Double> values) {
        return String.join(", ", values.stream().map(RequestBurst::number).toList());
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%,.0f", value);
    }
}
