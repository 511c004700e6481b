package dev.bes.benchmarks;

import java.time.Duration;

/** What an engine with nothing to do asks of PostgreSQL, per second. */
record Idle(double commits, double writes, double walBytes) {

    static Idle of(DatabaseReading spent, Duration time) {
        double seconds = time.toNanos() / 1e9;
        return new Idle(spent.commits() / seconds, spent.writes() / seconds, spent.walBytes() / seconds);
    }
}
