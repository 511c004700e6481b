package dev.bes.benchmarks.workload;

import java.time.Duration;

/**
 * The sizes of the measurements.
 *
 * @param quick true for the quick benchmark
 * @param percent sizes in percent of the usual ones: less only to try the benchmark itself
 * @param rounds number of measured rounds
 */
public record BenchmarkSize(boolean quick, int percent, int rounds) {

    private static final long GIGABYTE = 1_000_000_000;

    /** Small files in one run. */
    public int files() {
        return scaled(quick ? 5_000 : 10_000);
    }

    /** Requests for one file each. */
    public int requests() {
        return scaled(quick ? 2_000 : 10_000);
    }

    /** How long requests come at a steady pace. */
    public Duration steady() {
        return Duration.ofSeconds(Math.max(2, scaled(quick ? 15 : 30)));
    }

    /** Remote jobs at a time. */
    public int inFlight() {
        return scaled(100_000);
    }

    /** Size of the one large file in bytes. */
    public long largeFile() {
        return (quick ? 1 : 10) * GIGABYTE * percent / 100;
    }

    /** Runs that are stored when they are listed. */
    public int storedRuns() {
        return scaled(1_000_000);
    }

    /** Requests for each list of runs. */
    public int lists() {
        return scaled(200);
    }

    /** Calls of the sandbox in a round. */
    public int calls() {
        return scaled(10_000);
    }

    /** Rows that a model scores. */
    public int scoredRows() {
        return scaled(1_000_000);
    }

    /** Schedules that are simulated. */
    public int schedules() {
        return scaled(1_000);
    }

    /** Files that arrive in a drop folder within a minute. */
    public int arrivals() {
        return scaled(50_000);
    }

    /** Requests that come within ten seconds. */
    public int burst() {
        return scaled(5_000);
    }

    /** Entries of a folder, and of a container, that are at rest. */
    public int resting() {
        return scaled(100_000);
    }

    private int scaled(int size) {
        return Math.max(2, size * percent / 100);
    }
}
