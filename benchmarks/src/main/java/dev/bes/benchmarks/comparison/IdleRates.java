package dev.bes.benchmarks.comparison;

import dev.bes.benchmarks.environment.DatabaseCounters;
import java.time.Duration;

/** What an idle engine asks of PostgreSQL, per second. */
record IdleRates(double commits, double writes, double walBytes) {

    static IdleRates of(DatabaseCounters spent, Duration time) {
        double seconds = time.toNanos() / 1e9;
        return new IdleRates(spent.commits() / seconds, spent.writes() / seconds, spent.walBytes() / seconds);
    }
}
