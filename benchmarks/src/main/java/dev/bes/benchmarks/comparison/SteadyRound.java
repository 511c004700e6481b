package dev.bes.benchmarks.comparison;

import dev.bes.benchmarks.candidate.Candidate;
import dev.bes.benchmarks.environment.BenchmarkFailure;
import dev.bes.benchmarks.environment.BenchmarkFolder;
import dev.bes.benchmarks.environment.DatabaseCounters;
import dev.bes.benchmarks.environment.StubProcess;
import dev.bes.benchmarks.measure.CpuTime;
import dev.bes.benchmarks.measure.Percentile;
import dev.bes.benchmarks.workload.ConstantRate;
import dev.bes.benchmarks.workload.ConstantRate.SentRequest;
import dev.bes.benchmarks.workload.Workload;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.awaitility.Awaitility;

/** One round of requests at a constant rate to one engine. */
record SteadyRound(Candidate candidate, StubProcess remote, Workload work, BenchmarkFolder folder) {

    private static final double MICROS_PER_MILLI = 1_000;
    private static final int HALF = 50;
    private static final int NEARLY_ALL = 99;

    /**
     * Requests every file and measures.
     *
     * @throws BenchmarkFailure if a file was lost, or a job started twice
     */
    SteadyFigures measure(int perSecond) {
        remote.clear();
        folder.clearDelivered();
        CpuTime before = CpuTime.of(candidate);
        DatabaseCounters countedBefore = candidate.database().reading();
        List<SentRequest> asked = new ConstantRate(perSecond).send(candidate::request, work.files());
        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .pollInSameThread()
                .pollInterval(Duration.ofMillis(50))
                .until(() -> candidate.isDone(work.size()));
        CpuTime spent = CpuTime.of(candidate).minus(before);
        DatabaseCounters counted = candidate.database().reading().minus(countedBefore);
        check();
        TreeMap<String, Long> starts = byInput(remote.starts());
        List<Double> accepted = latencies(asked, starts, SentRequest::accepted);
        List<Double> sent = latencies(asked, starts, SentRequest::sent);
        return new SteadyFigures(
                spent.engine().toMillis() / (double) work.size(),
                spent.postgres().toMillis() / (double) work.size(),
                counted.commits() / (double) work.size(),
                Percentile.of(accepted, HALF),
                Percentile.of(accepted, NEARLY_ALL),
                Percentile.of(sent, HALF),
                Percentile.of(sent, NEARLY_ALL));
    }

    private void check() {
        work.check(candidate.deliveredForSingleFiles());
        if (remote.journal().startedTwice() > 0) {
            throw new BenchmarkFailure(candidate.name() + ": a job was started twice");
        }
    }

    /** Removes the container from the paths; the engines give paths without it. */
    private static TreeMap<String, Long> byInput(Map<String, Long> starts) {
        TreeMap<String, Long> byInput = new TreeMap<>();
        starts.forEach((path, start) -> byInput.put(path.substring(path.indexOf("in/")), start));
        return byInput;
    }

    private static List<Double> latencies(
            List<SentRequest> asked, TreeMap<String, Long> starts, ToLongFunction<SentRequest> from) {
        return asked.stream()
                .map(one -> (start(one, starts) - from.applyAsLong(one)) / MICROS_PER_MILLI)
                .toList();
    }

    private static long start(SentRequest asked, TreeMap<String, Long> starts) {
        Map.Entry<String, Long> start = starts.ceilingEntry(asked.input());
        if (start == null || !start.getKey().startsWith(asked.input())) {
            throw new BenchmarkFailure("A requested file was not started: " + asked.input());
        }
        return start.getValue();
    }
}
