package dev.bes.benchmarks.comparison;

/**
 * The figures of one round at a constant rate; times in milliseconds.
 *
 * @param serviceCpu CPU time of the engine's process per scoring
 * @param databaseCpu CPU time of PostgreSQL per scoring
 * @param commits transactions of PostgreSQL per scoring that were committed, also those that only read and idle ones
 * @param accepted50 from the answer to the request to the remote start: half are no slower
 * @param accepted99 the same: 99 of 100 are no slower
 * @param sent50 from the sending of the request to the remote start: half are no slower
 * @param sent99 the same: 99 of 100 are no slower
 */
record SteadyFigures(
        double serviceCpu,
        double databaseCpu,
        double commits,
        double accepted50,
        double accepted99,
        double sent50,
        double sent99) {

    /** CPU time of both. */
    double cpu() {
        return serviceCpu + databaseCpu;
    }
}
