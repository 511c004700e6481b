package dev.bes.benchmarks.part;

import dev.bes.benchmarks.candidate.OrchestratorCandidate;
import dev.bes.benchmarks.environment.BenchmarkDatabase;
import dev.bes.benchmarks.environment.BenchmarkFolder;
import dev.bes.benchmarks.environment.BenchmarkNode;
import dev.bes.benchmarks.environment.StubProcess;
import dev.bes.benchmarks.measure.Pause;
import dev.bes.benchmarks.measure.ProcessStatistics;
import dev.bes.benchmarks.report.Goal;
import dev.bes.benchmarks.report.Progress;
import dev.bes.benchmarks.report.ReportSection;
import dev.bes.benchmarks.stub.JobDuration;
import dev.bes.benchmarks.stub.StubJournal;
import dev.bes.benchmarks.workload.BenchmarkSize;
import dev.bes.benchmarks.workload.Workload;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;

/** Many unfinished remote jobs on one node, which is killed and started again. */
public final class JobsInFlight implements BenchmarkPart {

    private static final InstantSource CLOCK = InstantSource.system();
    private static final Duration LONGEST_LAUNCH = Duration.ofMinutes(15);
    private static final Duration LONGEST_RESUMPTION = Duration.ofMinutes(5);
    private static final Duration STEADY = Duration.ofSeconds(30);
    private static final long THREADS = 64;
    private static final double RESUMED_SECONDS = 60;

    /**
     * What was measured.
     *
     * @param jobs jobs in flight
     * @param launchSeconds from the request to the last start
     * @param peakMb most memory resident, with a heap of 1 GB
     * @param threads most threads of the operating system that were seen
     * @param resumedSeconds from the start of the process after the kill until every job had been asked for
     * @param pollsPerSecond polls meanwhile
     * @param punctualSeconds from the start of the process after the kill until no poll was overdue any more
     */
    private record Figures(
            int jobs,
            double launchSeconds,
            double peakMb,
            long threads,
            double resumedSeconds,
            double pollsPerSecond,
            double punctualSeconds) {}

    @Override
    public String name() {
        return "in-flight";
    }

    @Override
    public String title() {
        return "Jobs in flight on one node with -Xmx1g";
    }

    @Override
    public ReportSection measure(BenchmarkFolder folder, BenchmarkSize effort, Progress progress) {
        OrchestratorCandidate.define(folder);
        int jobs = effort.inFlight();
        progress.begin("writing %,d files".formatted(jobs));
        Workload.make(folder.work(), jobs);
        try (StubProcess remote = StubProcess.start(folder, JobDuration.always(Duration.ofDays(1)));
                BenchmarkDatabase database = BenchmarkDatabase.start(folder, OrchestratorCandidate.NAME)) {
            Figures figures = new Measurement(folder, remote, database, progress).measure(jobs);
            return section(figures, failures(remote.journal(), jobs));
        }
    }

    /** One measurement, from the request to the resumption. */
    private record Measurement(
            BenchmarkFolder folder, StubProcess remote, BenchmarkDatabase database, Progress progress) {

        Figures measure(int jobs) {
            double launch;
            double peak;
            List<Long> threads = new ArrayList<>();
            try (BenchmarkNode node = start()) {
                node.awaitReady();
                progress.begin("launching");
                long start = System.nanoTime();
                OrchestratorCandidate.requestAll(node);
                await(LONGEST_LAUNCH, () -> {
                    threads.add(ProcessStatistics.threads(node.pid()));
                    long started = remote.calls("start");
                    progress.show(started, jobs);
                    return started >= jobs;
                });
                launch = seconds(start);
                progress.print("%,d jobs started after %.0f s".formatted(jobs, launch));
                Pause.of(STEADY);
                peak = ProcessStatistics.peakMemory(List.of(node.pid())) / 1e6;
                node.kill();
            }
            return resume(new Figures(jobs, launch, peak, 0, 0, 0, 0), threads);
        }

        private Figures resume(Figures before, List<Long> threads) {
            progress.begin("killed and started again");
            Instant killed = CLOCK.instant();
            long start = System.nanoTime();
            long asked = remote.calls("status");
            try (BenchmarkNode node = start()) {
                node.awaitReady();
                await(LONGEST_RESUMPTION, () -> {
                    threads.add(ProcessStatistics.threads(node.pid()));
                    long again = remote.polledSince(killed);
                    progress.show(again, before.jobs);
                    return again >= before.jobs;
                });
                double resumed = seconds(start);
                double polls = (remote.calls("status") - asked) / resumed;
                progress.print("all asked for again after %.0f s".formatted(resumed));
                await(LONGEST_RESUMPTION, () -> overdue() == 0);
                double punctual = seconds(start);
                progress.print("no poll overdue after %.0f s".formatted(punctual));
                double peak = ProcessStatistics.peakMemory(List.of(node.pid())) / 1e6;
                node.kill();
                return new Figures(
                        before.jobs,
                        before.launchSeconds,
                        Math.max(before.peakMb, peak),
                        threads.stream().mapToLong(Long::longValue).max().orElseThrow(),
                        resumed,
                        polls,
                        punctual);
            }
        }

        private BenchmarkNode start() {
            return new BenchmarkNode(OrchestratorCandidate.NAME, "1g", folder, remote, database);
        }

        /** Scorings whose poll is overdue. */
        private double overdue() {
            return database.number(
                    "SELECT count(*) FROM scoring WHERE sweep = 'track' AND due_at < clock_timestamp() - interval '2 s'");
        }

        private static void await(Duration longest, Callable<Boolean> condition) {
            Awaitility.await()
                    .atMost(longest)
                    .pollInSameThread()
                    .pollInterval(Duration.ofSeconds(1))
                    .until(condition);
        }

        private static double seconds(long start) {
            return (System.nanoTime() - start) / 1e9;
        }
    }

    private static List<String> failures(StubJournal journal, int jobs) {
        return journal.starts() == jobs && journal.startedTwice() == 0
                ? List.of()
                : List.of("%d starts for %d scorings, %d jobs were started twice"
                        .formatted(journal.starts(), jobs, journal.startedTwice()));
    }

    private ReportSection section(Figures figures, List<String> failures) {
        String jobs = String.format(Locale.ROOT, "%,d jobs in flight", figures.jobs);
        return new ReportSection(
                title(),
                List.of(
                        List.of("", "one node"),
                        List.of("jobs in flight", number(figures.jobs)),
                        List.of("launched in, s", number(figures.launchSeconds)),
                        List.of("peak memory, MB", number(figures.peakMb)),
                        List.of("threads of the operating system", number((double) figures.threads)),
                        List.of("killed, and every job asked for again after, s", number(figures.resumedSeconds)),
                        List.of("polls per second meanwhile", number(figures.pollsPerSecond)),
                        List.of("no poll overdue by 2 s any more after, s", number(figures.punctualSeconds))),
                List.of(
                        new Goal(jobs, "with -Xmx1g", number(figures.peakMb) + " MB resident", true),
                        Goal.of(
                                jobs,
                                "at most 64 platform threads",
                                "%.0f",
                                (double) figures.threads,
                                figures.threads <= THREADS),
                        Goal.of(
                                jobs + ", after kill -9",
                                "all resumed in 60 s",
                                "%.0f s",
                                figures.resumedSeconds,
                                figures.resumedSeconds < RESUMED_SECONDS)),
                List.of("threads are all that the operating system counts: those of the virtual machine too"),
                failures,
                figures);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%,.0f", value);
    }
}
