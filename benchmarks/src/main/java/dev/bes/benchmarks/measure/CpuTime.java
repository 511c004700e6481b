package dev.bes.benchmarks.measure;

import dev.bes.benchmarks.candidate.Candidate;
import java.time.Duration;

/**
 * CPU time used so far.
 *
 * @param engine of the engine's processes
 * @param postgres of its PostgreSQL
 */
public record CpuTime(Duration engine, Duration postgres) {

    public static CpuTime of(Candidate candidate) {
        return new CpuTime(
                candidate.pids().stream().map(ProcessStatistics::cpu).reduce(Duration.ZERO, Duration::plus),
                ProcessStatistics.cpuOfFamily(candidate.database().pid()));
    }

    public CpuTime minus(CpuTime earlier) {
        return new CpuTime(engine.minus(earlier.engine), postgres.minus(earlier.postgres));
    }
}
