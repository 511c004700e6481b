package dev.bes.benchmarks;

import java.time.Duration;

/**
 * CPU time so far.
 *
 * @param engine of the engine's processes
 * @param postgres of its PostgreSQL
 */
record Cpu(Duration engine, Duration postgres) {

    static Cpu of(Candidate candidate) {
        return new Cpu(
                candidate.pids().stream().map(ProcessReading::cpu).reduce(Duration.ZERO, Duration::plus),
                ProcessReading.cpuOfFamily(candidate.database().pid()));
    }

    Cpu minus(Cpu earlier) {
        return new Cpu(engine.minus(earlier.engine), postgres.minus(earlier.postgres));
    }
}
