package dev.bes.orchestrator.definition;

import java.util.List;

/**
 * One named output of the web service, and how it is checked against the first input.
 *
 * @param rows how many rows the output must have
 * @param columns columns that the header must have; empty allows any header
 */
public record Output(Rows rows, List<String> columns) {

    /** How many data rows an output must have. */
    public enum Rows {
        /** As many as the first input of the scoring. */
        SAME,
        /** Any number. */
        ANY
    }
}
