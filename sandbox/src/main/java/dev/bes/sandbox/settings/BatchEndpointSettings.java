package dev.bes.sandbox.settings;

import java.time.Duration;

/**
 * What the batch endpoints do that no client can choose.
 *
 * @param stateTimes how long a job stays in each state
 * @param next faults that happen a number of times
 * @param jobsPerInvoke jobs that one invoke starts; the answer names the first. Source: issue 31166 of azure-sdk-for-python
 * @param listLag time from the start of a job until the lists of an endpoint's jobs have it
 * @param lostRows rows that each job drops, as mini-batches that fail do under an error threshold of -1
 * @param tokenLifetime how long tokens that are issued from now on are valid
 * @param armLimits how many calls Azure Resource Manager takes
 */
public record BatchEndpointSettings(
        StateTimes stateTimes,
        NextFaults next,
        int jobsPerInvoke,
        Duration listLag,
        int lostRows,
        Duration tokenLifetime,
        ArmLimits armLimits) {

    /** Jobs that take no time, no fault, the documented limits. */
    public static final BatchEndpointSettings DEFAULT = new BatchEndpointSettings(
            StateTimes.NONE, NextFaults.NONE, 1, Duration.ZERO, 0, Duration.ofSeconds(3599), ArmLimits.DEFAULT);

    private static final int MOST_JOBS = 100;

    /** @throws IllegalArgumentException when a value is out of its range; the message says which */
    public BatchEndpointSettings {
        if (jobsPerInvoke < 1 || jobsPerInvoke > MOST_JOBS) {
            throw new IllegalArgumentException("jobsPerInvoke must be 1 to " + MOST_JOBS);
        }
        if (listLag.isNegative() || lostRows < 0) {
            throw new IllegalArgumentException("listLag and lostRows must be >= 0");
        }
        if (tokenLifetime.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("tokenLifetime must be 1 second or more");
        }
    }

    /** With these times of the states. */
    public BatchEndpointSettings withStateTimes(StateTimes times) {
        return new BatchEndpointSettings(times, next, jobsPerInvoke, listLag, lostRows, tokenLifetime, armLimits);
    }

    /** With these faults. */
    public BatchEndpointSettings withNext(NextFaults faults) {
        return new BatchEndpointSettings(
                stateTimes, faults, jobsPerInvoke, listLag, lostRows, tokenLifetime, armLimits);
    }

    /** With one fault the next so many times. */
    public BatchEndpointSettings withNext(NextFaults.Fault fault, int times) {
        return withNext(next.with(fault, times));
    }

    /** With so many jobs from each invoke. */
    public BatchEndpointSettings withJobsPerInvoke(int jobs) {
        return new BatchEndpointSettings(stateTimes, next, jobs, listLag, lostRows, tokenLifetime, armLimits);
    }

    /** With lists that have a job so long after its start. */
    public BatchEndpointSettings withListLag(Duration lag) {
        return new BatchEndpointSettings(stateTimes, next, jobsPerInvoke, lag, lostRows, tokenLifetime, armLimits);
    }

    /** With jobs that drop so many rows. */
    public BatchEndpointSettings withLostRows(int rows) {
        return new BatchEndpointSettings(stateTimes, next, jobsPerInvoke, listLag, rows, tokenLifetime, armLimits);
    }

    /** With tokens that are valid for so long. */
    public BatchEndpointSettings withTokenLifetime(Duration lifetime) {
        return new BatchEndpointSettings(stateTimes, next, jobsPerInvoke, listLag, lostRows, lifetime, armLimits);
    }

    /** With these limits of Azure Resource Manager. */
    public BatchEndpointSettings withArmLimits(ArmLimits limits) {
        return new BatchEndpointSettings(stateTimes, next, jobsPerInvoke, listLag, lostRows, tokenLifetime, limits);
    }
}
