package dev.bes.benchmarks;

import dev.bes.benchmarks.Pace.Asked;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.awaitility.Awaitility;

/** One engine's round of requests at a steady pace. */
record SteadyRound(Candidate candidate, Remote remote, Workload work, BenchmarkFolder folder) {

    private static final double MICROS_PER_MILLI = 1_000;
    private static final int HALF = 50;
    private static final int NEARLY_ALL = 99;

    /**
     * Asks for every file, and measures.
     *
     * @throws BenchmarkFailure if a file was lost, or a job started twice
     */
    SteadyFigures measure(int perSecond) {
        remote.clear();
        folder.clearDelivered();
        Cpu before = Cpu.of(candidate);
        DatabaseReading countedBefore = candidate.database().reading();
        List<Asked> asked = new Pace(perSecond).ask(candidate::askFor, work.files());
        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .pollInSameThread()
                .pollInterval(Duration.ofMillis(50))
                .until(() -> candidate.isDone(work.size()));
        Cpu spent = Cpu.of(candidate).minus(before);
        DatabaseReading counted = candidate.database().reading().minus(countedBefore);
        check();
        TreeMap<String, Long> starts = byInput(remote.starts());
        List<Double> accepted = latencies(asked, starts, Asked::accepted);
        List<Double> sent = latencies(asked, starts, Asked::sent);
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
        work.check(candidate.deliveredOneByOne());
        if (remote.journal().startedTwice() > 0) {
            throw new BenchmarkFailure(candidate.name() + ": a job was started twice");
        }
    }

    /** Paths begin with the container, which the engines do not speak of. */
    private static TreeMap<String, Long> byInput(Map<String, Long> starts) {
        TreeMap<String, Long> byInput = new TreeMap<>();
        starts.forEach((path, start) -> byInput.put(path.substring(path.indexOf("in/")), start));
        return byInput;
    }

    private static List<Double> latencies(List<Asked> asked, TreeMap<String, Long> starts, ToLongFunction<Asked> from) {
        return asked.stream()
                .map(one -> (start(one, starts) - from.applyAsLong(one)) / MICROS_PER_MILLI)
                .toList();
    }

    private static long start(Asked asked, TreeMap<String, Long> starts) {
        Map.Entry<String, Long> start = starts.ceilingEntry(asked.input());
        if (start == null || !start.getKey().startsWith(asked.input())) {
            throw new BenchmarkFailure("What was asked for was not started: " + asked.input());
        }
        return start.getValue();
    }
}
