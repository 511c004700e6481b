package dev.bes.sandbox.bes;

/** The five states of a job; their names go out as strings. Source: "consume web services" article, 2016. */
public enum JobState {
    /** Created, or started and waiting in the queue. */
    NOT_STARTED("NotStarted"),
    /** Runs. */
    RUNNING("Running"),
    /** Ended without an output. */
    FAILED("Failed"),
    /** Ended by a DELETE. */
    CANCELLED("Cancelled"),
    /** Ended with its outputs. */
    FINISHED("Finished");

    final String remoteName;

    JobState(String remoteName) {
        this.remoteName = remoteName;
    }

    /** The name in a status body. */
    public String remoteName() {
        return remoteName;
    }
}
