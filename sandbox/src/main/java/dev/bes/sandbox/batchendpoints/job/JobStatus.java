package dev.bes.sandbox.batchendpoints.job;

/**
 * The states of a job that the sandbox passes through. Source: {@code JobStatus} of {@code mfe.json} in azure-sdk-for-python, and
 * the answers in its recordings.
 */
public enum JobStatus {
    /** Accepted; the first state that is answered. */
    PREPARING("Preparing", "NotStarted"),
    /** Waits for a node. */
    QUEUED("Queued", "NotStarted"),
    /** Scores. */
    RUNNING("Running", "Running"),
    /** Writes its output. */
    FINALIZING("Finalizing", "Running"),
    /** Will be canceled. */
    CANCEL_REQUESTED("CancelRequested", "Running"),
    /** Ended with its output. */
    COMPLETED("Completed", "Finished"),
    /** Ended without its output. */
    FAILED("Failed", "Failed"),
    /** Ended by a cancel. */
    CANCELED("Canceled", "Cancelled");

    private final String remoteName;
    private final String journalName;

    JobStatus(String remoteName, String journalName) {
        this.remoteName = remoteName;
        this.journalName = journalName;
    }

    /** The word of the answers. */
    public String remoteName() {
        return remoteName;
    }

    /** The word of the journal, which is the same for all kinds of jobs. */
    String journalName() {
        return journalName;
    }

    /** Whether the job has ended. */
    public boolean isEnd() {
        return this == COMPLETED || this == FAILED || this == CANCELED;
    }
}
