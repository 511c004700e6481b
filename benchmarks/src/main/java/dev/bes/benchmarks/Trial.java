package dev.bes.benchmarks;

import dev.bes.benchmarks.stub.Journal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** Lets one engine do the work again and again, measures it, and checks what it did. */
final class Trial {

    private static final Duration LONGEST_RUN = Duration.ofMinutes(10);

    private final Candidate candidate;
    private final Demand demand;
    private final Workload work;
    private final Remote remote;
    private final BenchmarkFolder folder;
    private final Progress progress;
    private final List<Figures> rounds = new ArrayList<>();
    private Idle idle = new Idle(0, 0, 0);

    Trial(Candidate candidate, Demand demand, Workload work, Remote remote, BenchmarkFolder folder, Progress progress) {
        this.candidate = candidate;
        this.demand = demand;
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

    /** A round that does not count. */
    void warmUp() {
        progress.begin(name() + ": warming up");
        score();
    }

    /** What PostgreSQL has counted so far. */
    DatabaseReading reading() {
        return candidate.database().reading();
    }

    /** Takes note of what the engine asks of PostgreSQL when it has nothing to do. */
    void idles(Idle idle) {
        this.idle = idle;
    }

    /** A round that counts. */
    void round() {
        progress.begin("%s: round %d".formatted(name(), rounds.size() + 1));
        Figures figures = measure();
        rounds.add(figures);
        progress.say("%s: round %d: %.0f scorings/s, %.2f + %.2f ms CPU, %.3f commits, %.0f bytes of WAL"
                .formatted(
                        name(),
                        rounds.size(),
                        figures.perSecond(),
                        figures.serviceCpuMs(),
                        figures.databaseCpuMs(),
                        figures.commits(),
                        figures.walBytes()));
    }

    /** All that was measured so far; nothing before the first round that counts. */
    @Nullable
    Result result() {
        return rounds.isEmpty() ? null : new Result(name(), candidate.settings(), work.size(), List.copyOf(rounds));
    }

    private Figures measure() {
        DatabaseReading before = reading();
        long start = System.nanoTime();
        Cpu cpu = Cpu.of(candidate);
        Duration took = score();
        Cpu spentCpu = Cpu.of(candidate).minus(cpu);
        Pause.of(Pause.SETTLE);
        DatabaseReading spent = reading().minus(before);
        double elapsed = since(start).toNanos() / 1e9;
        double n = work.size();
        double seconds = took.toNanos() / 1e9;
        double commits = spent.commits() - idle.commits() * elapsed;
        return new Figures(
                n / seconds,
                spentCpu.engine().toMillis() / n,
                spentCpu.postgres().toMillis() / n,
                commits / n,
                (commits + idle.commits() * seconds) / n,
                (spent.writes() - idle.writes() * elapsed) / n,
                (spent.walBytes() - idle.walBytes() * elapsed) / n,
                remote.journal().allCalls() / n,
                ProcessReading.peakMemory(candidate.pids()) / 1e6);
    }

    /** Has everything scored once and checks that nothing was lost or started twice; how long it took. */
    private Duration score() {
        remote.clear();
        folder.clearDelivered();
        long start = System.nanoTime();
        Path delivered = demand.ask(candidate, work);
        Awaitility.await()
                .atMost(LONGEST_RUN)
                .pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> {
                    progress.show(remote.calls("get blob"), work.size());
                    return candidate.isDone(work.size());
                });
        Duration took = since(start);
        check(remote.journal());
        work.check(delivered);
        return took;
    }

    /** The engine is out. */
    void leave() {
        candidate.leave();
    }

    private void check(Journal journal) {
        if (journal.starts() != work.size() || journal.startedTwice() > 0) {
            throw new BenchmarkFailure("%s: %d starts for %d scorings, %d jobs were started twice"
                    .formatted(name(), journal.starts(), work.size(), journal.startedTwice()));
        }
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }
}
