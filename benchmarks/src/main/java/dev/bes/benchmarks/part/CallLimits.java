package dev.bes.benchmarks.part;

import dev.bes.benchmarks.candidate.Candidate;
import dev.bes.benchmarks.candidate.OrchestratorCandidate;
import dev.bes.benchmarks.environment.BenchmarkFolder;
import dev.bes.benchmarks.environment.StubProcess;
import dev.bes.benchmarks.report.Goal;
import dev.bes.benchmarks.report.Progress;
import dev.bes.benchmarks.report.ReportSection;
import dev.bes.benchmarks.stub.GatewayCounts;
import dev.bes.benchmarks.stub.JobDuration;
import dev.bes.benchmarks.stub.StubLimits;
import dev.bes.benchmarks.workload.BenchmarkSize;
import dev.bes.benchmarks.workload.Workload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.awaitility.Awaitility;

/** Three nodes behind a gateway that takes 100 calls in a minute and 5,000 in a day, with short days. */
public final class CallLimits implements BenchmarkPart {

    private static final Duration DAY = Duration.ofSeconds(30);
    private static final int RATE = 100;
    private static final int QUOTA = 5_000;
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final double USED = 95;

    /**
     * What was measured.
     *
     * @param scorings how many there were
     * @param seconds from the request to the last output
     * @param refused calls that the gateway refused
     * @param perQuota calls in each period of the quota
     * @param usedPercent of the quota, in the periods between the first and the last
     */
    private record Figures(int scorings, double seconds, long refused, List<Long> perQuota, double usedPercent) {}

    @Override
    public String name() {
        return "gateway-limits";
    }

    @Override
    public String title() {
        return "Three nodes within the limits of the managed API";
    }

    @Override
    public ReportSection measure(BenchmarkFolder folder, BenchmarkSize effort, Progress progress) {
        StubLimits limits = new StubLimits(RATE, QUOTA * effort.percent() / 100, DAY);
        try (StubProcess remote = StubProcess.start(folder, JobDuration.always(Duration.ZERO), limits);
                Candidate ours = OrchestratorCandidate.startThree(folder, remote)) {
            int files = effort.files();
            Workload work = Workload.make(folder.work(), files);
            progress.begin("scoring");
            long start = System.nanoTime();
            var delivered = ours.requestAll(folder.work());
            Awaitility.await()
                    .atMost(LONGEST)
                    .pollInSameThread()
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> {
                        progress.show(remote.calls("get blob"), files);
                        return ours.isDone(files);
                    });
            double seconds = (System.nanoTime() - start) / 1e9;
            work.check(delivered);
            GatewayCounts passed = remote.passed();
            Figures figures = new Figures(files, seconds, passed.refused(), passed.perQuota(), used(passed, limits));
            return section(figures, limits, remote.journal().starts());
        }
    }

    /** The first period begins before the run does, and the last one ends after it. */
    private static double used(GatewayCounts passed, StubLimits limits) {
        List<Long> whole = passed.perQuota().subList(1, passed.perQuota().size() - 1);
        return whole.stream().mapToLong(Long::longValue).average().orElseThrow() * 100 / limits.quota();
    }

    private ReportSection section(Figures figures, StubLimits limits, long starts) {
        List<String> failures = new ArrayList<>();
        if (figures.refused > 0) {
            failures.add(figures.refused + " calls were refused");
        }
        if (starts != figures.scorings) {
            failures.add("%d starts for %d scorings".formatted(starts, figures.scorings));
        }
        return new ReportSection(
                title(),
                List.of(
                        List.of("", "three nodes"),
                        List.of("scorings", format("%,.0f", figures.scorings)),
                        List.of("time, s", format("%.0f", figures.seconds)),
                        List.of("calls in each day", figures.perQuota.toString()),
                        List.of("of what is allowed, %", format("%.1f", figures.usedPercent))),
                List.of(
                        new Goal("calls refused", "none", String.valueOf(figures.refused), figures.refused == 0),
                        Goal.of(
                                "calls used of those allowed",
                                "at least 95 %",
                                "%.1f %%",
                                figures.usedPercent,
                                figures.usedPercent >= USED)),
                List.of("the sandbox's gateway with %d calls a minute and %,d a day, where a day takes %d s"
                        .formatted(limits.rate(), limits.quota(), limits.day().toSeconds())),
                failures,
                figures);
    }

    private static String format(String pattern, double value) {
        return String.format(Locale.ROOT, pattern, value);
    }
}
