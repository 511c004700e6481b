package dev.bes.sandbox.bes;

/**
 * The five states of a job. Sources: the "consume web services" articles, 2015 for the numbers, 2016 for the names.
 */
public enum JobState {
    /** Created, or started and waiting in the queue. */
    NOT_STARTED(0, "NotStarted"),
    /** Runs. */
    RUNNING(1, "Running"),
    /** Ended without an output. */
    FAILED(2, "Failed"),
    /** Ended by a DELETE. */
    CANCELLED(3, "Cancelled"),
    /** Ended with its outputs. */
    FINISHED(4, "Finished");

    final int number;
    final String remoteName;

    JobState(int number, String remoteName) {
        this.number = number;
        this.remoteName = remoteName;
    }

    /** The name in a status body. */
    public String remoteName() {
        return remoteName;
    }
}
