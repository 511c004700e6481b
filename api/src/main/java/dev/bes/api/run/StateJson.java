package dev.bes.api.run;

import com.fasterxml.jackson.annotation.JsonValue;

/** The state of a run, a scoring or an attempt. */
public enum StateJson {
    /** Accepted; no remote job is known to work on it. */
    NOT_STARTED("NotStarted"),
    /** A remote job works on it, or its output is being fetched. */
    RUNNING("Running"),
    /** Ended without its output. */
    FAILED("Failed"),
    /** Ended by a cancellation. */
    CANCELLED("Cancelled"),
    /** Ended; every output is delivered and checked. */
    FINISHED("Finished");

    private final String word;

    StateJson(String word) {
        this.word = word;
    }

    /** The name in the JSON and in queries. */
    @JsonValue
    public String word() {
        return word;
    }

    /** Whether the state is final. */
    public boolean ended() {
        return this == FAILED || this == CANCELLED || this == FINISHED;
    }
}
