package dev.bes.benchmarks.comparison;

import dev.bes.benchmarks.candidate.Candidate;
import dev.bes.benchmarks.environment.BenchmarkFailure;
import dev.bes.benchmarks.environment.BenchmarkFolder;
import dev.bes.benchmarks.environment.DatabaseCounters;
import dev.bes.benchmarks.environment.StubProcess;
import dev.bes.benchmarks.measure.CpuTime;
import dev.bes.benchmarks.measure.Pause;
import dev.bes.benchmarks.measure.ProcessStatistics;
import dev.bes.benchmarks.report.Progress;
import dev.bes.benchmarks.stub.StubJournal;
import dev.bes.benchmarks.workload.RequestPattern;
import dev.bes.benchmarks.workload.Workload;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** Measures one engine in several rounds, and checks its results. */
final class EngineMeasurement {
    private static final Duration LONGEST_RUN = Duration.ofMinutes(10);

    private final Candidate candidate;
    private final RequestPattern pattern;
    private final Workload work;
    private final StubProcess remote;
    private final BenchmarkFolder folder;
    private final Progress progress;
    private final List<ScoringFigures> rounds = new ArrayList<>();
    private IdleRates idle = new IdleRates(0, 0, 0);

    EngineMeasurement(
            Candidate candidate,
            RequestPattern pattern,
            Workload work,
            StubProcess remote,
            BenchmarkFolder folder,
            Progress progress) {
        this.candidate = candidate;
        this.pattern = pattern;
        this.work = work;
        this.remote = remote;
        this.folder = folder;
        this.progress = progress;
    }

    String name() {
        return candidate.name();
    }

    Candidate candidate() {
        return candidate;
    }

    /** A round that is not measured. */
    void warmUp() {
        progress.begin(name() + ": warming up");
        score();
    }

    /** The counters of its PostgreSQL now. */
    DatabaseCounters reading() {
        return candidate.database().reading();
    }

    /** Sets what the idle engine asks of PostgreSQL. */
    void idles(IdleRates idle) {
        this.idle = idle;
    }

    /** A measured round. */
    void round() {
        progress.begin("%s: round %d".formatted(name(), rounds.size() + 1));
        ScoringFigures figures = measure();
        rounds.add(figures);
        progress.print("%s: round %d: %s".formatted(name(), rounds.size(), figures.inWords()));
    }

    /** The result so far; null before the first measured round. */
    @Nullable
    EngineResult result() {
        return rounds.isEmpty()
                ? null
                : new EngineResult(name(), candidate.settings(), work.size(), List.copyOf(rounds));
    }

    private ScoringFigures measure() {
        DatabaseCounters before = reading();
        long start = System.nanoTime();
        CpuTime cpu = CpuTime.of(candidate);
        Duration took = score();
        CpuTime spentCpu = CpuTime.of(candidate).minus(cpu);
        Pause.of(Pause.SETTLE);
        DatabaseCounters spent = reading().minus(before);
        double elapsed = Duration.ofNanos(System.nanoTime() - start).toNanos() / 1e9;
        double n = work.size();
        double seconds = took.toNanos() / 1e9;
        double commits = spent.commits() - idle.commits() * elapsed;
        return new ScoringFigures(
                n / seconds,
                spentCpu.engine().toMillis() / n,
                spentCpu.postgres().toMillis() / n,
                commits / n,
                (commits + idle.commits() * seconds) / n,
                (spent.writes() - idle.writes() * elapsed) / n,
                (spent.walBytes() - idle.walBytes() * elapsed) / n,
                remote.journal().allCalls() / n,
                ProcessStatistics.peakMemory(candidate.pids()) / 1e6);
    }

    /** Scores everything once and checks that nothing was lost or started twice; returns the time taken. */
    private Duration score() {
        remote.clear();
        folder.clearDelivered();
        long start = System.nanoTime();
        Path delivered = pattern.request(candidate, work);
        Awaitility.await()
                .atMost(LONGEST_RUN)
                .pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> {
                    progress.show(remote.lastCalls(), work.batches());
                    return candidate.isDone(work.batches());
                });
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        check(remote.journal());
        work.check(delivered);
        return took;
    }

    /** Stops the engine. */
    void stop() {
        candidate.stop();
    }

    private void check(StubJournal journal) {
        long starts = journal.starts() + journal.batches();
        if (starts != candidate.jobs(work.size(), work.batches()) || journal.startedTwice() > 0) {
            throw new BenchmarkFailure("%s: %d starts for %d scorings, %d jobs were started twice"
                    .formatted(name(), starts, work.size(), journal.startedTwice()));
        }
    }
}
