package dev.bes.orchestrator.run.shadow;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What became of the shadow of a scoring. */
public enum Verdict {
    /** The outputs are the same, within the tolerance. */
    SAME,
    /** They are not. */
    DIFFERS,
    /** Both are there, but can't be compared. */
    NOT_COMPARABLE,
    /** The shadow has no output. */
    FAILED,
    /** Too many were waiting, or there was no input to score again. */
    SKIPPED;

    /** The word as it stands in tables, API and pages. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The verdict of a word.
     *
     * @throws IllegalArgumentException if there is none
     */
    @JsonCreator
    public static Verdict of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
