package dev.bes.orchestrator.run;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;

/** The public state of runs, scorings and attempts: the five words of BES. */
public enum State {
    /** Accepted; no remote job is known to work on it. */
    NOT_STARTED("NotStarted"),
    /** A remote job works on it, or its output is on the way home. */
    RUNNING("Running"),
    /** Ended without its output. */
    FAILED("Failed"),
    /** Ended because a user cancelled it. */
    CANCELLED("Cancelled"),
    /** Ended; every output is home and checked. */
    FINISHED("Finished");

    private final String word;

    State(String word) {
        this.word = word;
    }

    /** The word as it stands in tables, API and pages. */
    @JsonValue
    public String word() {
        return word;
    }

    /** Whether this state is never left. */
    public boolean ended() {
        return this == FAILED || this == CANCELLED || this == FINISHED;
    }

    /**
     * The state of that word.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static State of(String word) {
        return Arrays.stream(values())
                .filter(s -> s.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No state '" + word + "'"));
    }
}
