package dev.bes.benchmarks.measure;

import dev.bes.benchmarks.candidate.Candidate;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** Waits until the JIT compilers have finished what the warm-up left to compile, which takes a minute or more. */
public final class CompilerQuiescence {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration LITTLE = Duration.ofMillis(100);
    private static final int MOST_SECONDS = 90;

    private CompilerQuiescence() {}

    /** Returns when each engine uses less than 100 ms of CPU per second, or after 90 s. */
    public static void await(List<Candidate> candidates) {
        boolean quiet = false;
        for (int i = 0; i < MOST_SECONDS && !quiet; i++) {
            List<CpuTime> before = candidates.stream().map(CpuTime::of).toList();
            Pause.of(SECOND);
            quiet = IntStream.range(0, candidates.size())
                    .allMatch(n -> CpuTime.of(candidates.get(n))
                                    .minus(before.get(n))
                                    .engine()
                                    .compareTo(LITTLE)
                            < 0);
        }
    }
}
