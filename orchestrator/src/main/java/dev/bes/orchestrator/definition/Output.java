package dev.bes.orchestrator.definition;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One named output of the web service, and how it is checked against the first input.
 *
 * @param rows how many rows the output must have
 * @param columns columns that the header must have; empty allows any header
 * @param header whether the output comes with a header; null if it does
 */
public record Output(
        Rows rows,
        List<String> columns,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Header header) {

    /** An output that comes with a header. */
    public Output(Rows rows, List<String> columns) {
        this(rows, columns, null);
    }

    /** How many data rows an output must have. */
    public enum Rows {
        /** As many as the first input of the scoring. */
        SAME,
        /** Any number. */
        ANY
    }

    /** Whether an output comes with a header. */
    public enum Header {
        /** Its first row names its columns. */
        PRESENT,
        /** Its first row is a data row: the columns are its header, all of them in their order. */
        ABSENT
    }
}
