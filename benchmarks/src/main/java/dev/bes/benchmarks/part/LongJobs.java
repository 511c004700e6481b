package dev.bes.benchmarks.part;

import dev.bes.benchmarks.candidate.Candidate;
import dev.bes.benchmarks.candidate.Candidates;
import dev.bes.benchmarks.candidate.OrchestratorCandidate;
import dev.bes.benchmarks.engine.EngineKind;
import dev.bes.benchmarks.environment.BenchmarkFailure;
import dev.bes.benchmarks.environment.BenchmarkFolder;
import dev.bes.benchmarks.environment.StubProcess;
import dev.bes.benchmarks.measure.Percentile;
import dev.bes.benchmarks.report.Goal;
import dev.bes.benchmarks.report.Progress;
import dev.bes.benchmarks.report.ReportSection;
import dev.bes.benchmarks.stub.JobDuration;
import dev.bes.benchmarks.stub.StubJournal;
import dev.bes.benchmarks.workload.BenchmarkSize;
import dev.bes.benchmarks.workload.ConstantRate;
import dev.bes.benchmarks.workload.Workload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;

/** Jobs of a minute, after others from which the service learns; beside it the one-second polling loop of the BES guide. */
public final class LongJobs implements BenchmarkPart {

    private static final JobDuration A_MINUTE = new JobDuration(Duration.ofSeconds(58), Duration.ofSeconds(62));
    private static final Duration LONGEST = Duration.ofMinutes(4);
    /** They come one after the other, not all at once. */
    private static final int PER_SECOND = 4;

    private static final int JOBS = 40;
    private static final int LEARNED = 2 * JOBS;
    private static final double CALLS = 8;
    private static final double NOTICED_MS = 2_000;

    /**
     * What the jobs of one engine were measured at.
     *
     * @param engine its name
     * @param calls remote calls per job
     * @param noticedMs how long after its end a job was seen to be at it: half are no slower, in milliseconds
     * @param noticedMostMs the same: 95 of 100 are no slower
     */
    private record Figures(String engine, double calls, double noticedMs, double noticedMostMs) {}

    @Override
    public String name() {
        return "long-jobs";
    }

    @Override
    public String title() {
        return "Remote jobs of 60 s (58 to 62)";
    }

    @Override
    public ReportSection measure(BenchmarkFolder folder, BenchmarkSize effort, Progress progress) {
        BenchmarkFolder loops = new BenchmarkFolder(folder.project(), folder.own("loop-part"));
        loops.recreate();
        List<Figures> all = new ArrayList<>();
        // both are mostly idle, so they do not disturb each other
        CompletableFuture<Figures> loop =
                CompletableFuture.supplyAsync(() -> loop(loops, progress), Thread::startVirtualThread);
        all.addAll(ours(folder, progress));
        all.add(loop.join());
        return section(all);
    }

    private static List<Figures> ours(BenchmarkFolder folder, Progress progress) {
        List<Figures> waves = new ArrayList<>();
        try (StubProcess remote = StubProcess.start(folder, A_MINUTE);
                Candidate ours = OrchestratorCandidate.start(folder, remote)) {
            for (int known = 0; known <= LEARNED; known += JOBS) {
                progress.begin("ours, when %d jobs are known".formatted(known));
                waves.add(score("ours, %d jobs known".formatted(known), ours, remote, folder));
            }
        }
        return waves;
    }

    private static Figures loop(BenchmarkFolder folder, Progress progress) {
        try (StubProcess remote = StubProcess.start(folder, A_MINUTE);
                Candidate loop = Candidates.start(List.of(EngineKind.LOOP.title()), folder, remote, progress)
                        .all()
                        .getFirst()) {
            return score(loop.name(), loop, remote, folder);
        }
    }

    private static Figures score(String name, Candidate candidate, StubProcess remote, BenchmarkFolder folder) {
        remote.clear();
        folder.clearDelivered();
        Workload work = Workload.make(folder.work(), JOBS);
        new ConstantRate(PER_SECOND).send(candidate::request, work.files());
        Awaitility.await()
                .atMost(LONGEST)
                .pollInSameThread()
                .pollInterval(Duration.ofMillis(500))
                .until(() -> candidate.isDone(JOBS));
        StubJournal journal = remote.journal();
        work.check(candidate.deliveredForSingleFiles());
        if (journal.starts() != JOBS) {
            throw new BenchmarkFailure("%s: %d starts for %d jobs".formatted(candidate.name(), journal.starts(), JOBS));
        }
        List<Double> noticed =
                journal.noticedAfter().stream().map(Long::doubleValue).toList();
        return new Figures(
                name, journal.allCalls() / (double) JOBS, Percentile.of(noticed, 50), Percentile.of(noticed, 95));
    }

    private ReportSection section(List<Figures> all) {
        List<List<String>> table = new ArrayList<>();
        table.add(List.of("", "calls per job", "end noticed after ms, p50", "p95"));
        all.forEach(one -> table.add(List.of(
                one.engine,
                String.format(Locale.ROOT, "%.1f", one.calls),
                String.format(Locale.ROOT, "%,.0f", one.noticedMs),
                String.format(Locale.ROOT, "%,.0f", one.noticedMostMs))));
        Figures ours = all.get(LEARNED / JOBS);
        return new ReportSection(
                title(),
                table,
                List.of(
                        Goal.of("calls per 60-second job", "at most 8 in all", "%.1f", ours.calls, ours.calls <= CALLS),
                        Goal.of(
                                "its end noticed",
                                "within 2 s (median)",
                                "%.0f ms",
                                ours.noticedMs,
                                ours.noticedMs <= NOTICED_MS)),
                List.of("%d jobs at a time, %d per second; the goals are for those after %d"
                        .formatted(JOBS, PER_SECOND, LEARNED)),
                List.of(),
                all);
    }
}
