package dev.bes.sandbox.bes;

/** The five states of a job; their names go out as strings. Source: "consume web services" article, 2016. */
enum JobState {
    NOT_STARTED("NotStarted"),
    RUNNING("Running"),
    FAILED("Failed"),
    CANCELLED("Cancelled"),
    FINISHED("Finished");

    final String remoteName;

    JobState(String remoteName) {
        this.remoteName = remoteName;
    }
}
