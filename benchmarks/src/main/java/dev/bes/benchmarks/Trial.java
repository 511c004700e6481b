package dev.bes.benchmarks;

import dev.bes.benchmarks.stub.Journal;
import dev.bes.sandbox.postgres.PostgresServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;

/** Runs one engine on the workload again and again, measures it, and checks what it did. */
final class Trial {

    /** PostgreSQL's processes tell what they have counted within ten seconds of silence. */
    private static final Duration SETTLE = Duration.ofSeconds(11);

    private static final Duration IDLE = Duration.ofSeconds(15);
    private static final Duration LONGEST_RUN = Duration.ofMinutes(20);

    private final Candidate candidate;
    private final PostgresServer database;
    private final Remote remote;
    private final Workload work;
    private final BenchmarkFolder folder;
    private final Progress progress;

    Trial(
            Candidate candidate,
            PostgresServer database,
            Remote remote,
            Workload work,
            BenchmarkFolder folder,
            Progress progress) {
        this.candidate = candidate;
        this.database = database;
        this.remote = remote;
        this.work = work;
        this.folder = folder;
        this.progress = progress;
    }

    /** One run to warm up, and so many that count. */
    List<Figures> run(int runs) {
        progress.begin(candidate.name() + ": warming up");
        score();
        progress.begin(candidate.name() + ": nothing to do");
        Idle idle = idle();
        List<Figures> all = new ArrayList<>();
        for (int i = 1; i <= runs; i++) {
            progress.begin("%s: run %d of %d".formatted(candidate.name(), i, runs));
            Figures figures = measure(idle);
            all.add(figures);
            progress.say("%s: run %d of %d: %.0f scorings/s, %.2f + %.2f ms CPU, %.3f commits, %.0f bytes of WAL"
                    .formatted(
                            candidate.name(),
                            i,
                            runs,
                            figures.perSecond(),
                            figures.serviceCpuMs(),
                            figures.databaseCpuMs(),
                            figures.commits(),
                            figures.walBytes()));
        }
        return all;
    }

    private Idle idle() {
        pause(SETTLE);
        long start = System.nanoTime();
        DatabaseReading before = database();
        pause(IDLE);
        return Idle.of(database().minus(before), since(start));
    }

    private Figures measure(Idle idle) {
        folder.clearDelivered();
        DatabaseReading before = database();
        long start = System.nanoTime();
        Duration service = ProcessReading.cpu(candidate.pid());
        Duration postgres = ProcessReading.cpuOfFamily(database.pid());
        Duration took = score();
        Duration serviceCpu = ProcessReading.cpu(candidate.pid()).minus(service);
        Duration postgresCpu = ProcessReading.cpuOfFamily(database.pid()).minus(postgres);
        pause(SETTLE);
        DatabaseReading spent = database().minus(before);
        double elapsed = since(start).toNanos() / 1e9;
        double n = work.size();
        double seconds = took.toNanos() / 1e9;
        double commits = spent.commits() - idle.commits() * elapsed;
        return new Figures(
                n / seconds,
                serviceCpu.toMillis() / n,
                postgresCpu.toMillis() / n,
                commits / n,
                (commits + idle.commits() * seconds) / n,
                (spent.writes() - idle.writes() * elapsed) / n,
                (spent.walBytes() - idle.walBytes() * elapsed) / n,
                remote.journal().allCalls() / n,
                ProcessReading.peakMemory(candidate.pid()) / 1e6);
    }

    /** Scores the whole workload once and checks that nothing was lost or started twice. */
    private Duration score() {
        remote.clear();
        long start = System.nanoTime();
        Path delivered = candidate.begin();
        Awaitility.await()
                .atMost(LONGEST_RUN)
                .pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> {
                    progress.show(remote.calls("get blob"), work.size());
                    return candidate.isDone();
                });
        Duration took = since(start);
        check(remote.journal());
        work.check(delivered);
        return took;
    }

    private void check(Journal journal) {
        if (journal.starts() != work.size() || journal.startedTwice() > 0) {
            throw new BenchmarkFailure("%s: %d starts for %d scorings, %d jobs were started twice"
                    .formatted(candidate.name(), journal.starts(), work.size(), journal.startedTwice()));
        }
    }

    private DatabaseReading database() {
        return DatabaseReading.of(database, candidate.database());
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }

    private static void pause(Duration time) {
        Awaitility.await()
                .pollInSameThread()
                .pollDelay(time)
                .timeout(time.plusMinutes(1))
                .until(() -> true);
    }
}
