package dev.bes.benchmarks.comparison;

/**
 * The figures of one round of an engine. All but the first and the last are per scoring.
 *
 * @param perSecond scorings per second, from the request to the last delivered output
 * @param serviceCpuMs CPU time of the engine's process in milliseconds
 * @param databaseCpuMs CPU time of PostgreSQL in milliseconds
 * @param commits committed transactions beyond those of the same engine with nothing to do
 * @param grossCommits all committed transactions
 * @param writes transactions that wrote something, beyond those with nothing to do
 * @param walBytes bytes of the write-ahead log, beyond those with nothing to do
 * @param calls remote calls
 * @param peakMb most memory that the process has had so far, in megabytes
 */
record ScoringFigures(
        double perSecond,
        double serviceCpuMs,
        double databaseCpuMs,
        double commits,
        double grossCommits,
        double writes,
        double walBytes,
        double calls,
        double peakMb) {

    /** CPU time of both in milliseconds. */
    double cpuMs() {
        return serviceCpuMs + databaseCpuMs;
    }

    /** What is shown of a round while a part is measured. */
    String inWords() {
        return "%.0f scorings/s, %.2f + %.2f ms CPU, %.3f commits, %.0f bytes of WAL"
                .formatted(perSecond, serviceCpuMs, databaseCpuMs, commits, walBytes);
    }
}
