package dev.bes.orchestrator.run.shadow;

import dev.bes.orchestrator.run.CauseText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a comparison of two outputs of a scoring has found. It is kept as JSON.
 *
 * @param verdict same, differs or not-comparable
 * @param cause why they can't be compared; null if they can
 * @param outputs the differences by output
 */
public record Comparison(Verdict verdict, @Nullable String cause, List<OutputDifference> outputs) {

    /** Keeps the cause fit for the database. */
    public Comparison {
        cause = CauseText.of(cause);
    }

    /** Outputs that can't be compared. */
    public static Comparison impossible(String cause) {
        return new Comparison(Verdict.NOT_COMPARABLE, cause, List.of());
    }

    /**
     * The differences of one output.
     *
     * @param output its name
     * @param rows data rows of the one that is delivered
     * @param shadowRows data rows of the shadow's
     * @param differentRows rows that both have and that differ beyond the tolerance
     * @param missing columns that only the delivered one has
     * @param added columns that only the shadow's has
     * @param columns the columns that both have, those that differ most first; not more than {@link #MOST_COLUMNS}
     * @param first the first values that differ beyond the tolerance
     */
    public record OutputDifference(
            String output,
            long rows,
            long shadowRows,
            long differentRows,
            List<String> missing,
            List<String> added,
            List<ColumnDifference> columns,
            List<DifferentValue> first) {

        /** How many columns are kept of an output. */
        public static final int MOST_COLUMNS = 100;

        /** Whether anything differs beyond the tolerance. */
        public boolean differs() {
            return rows != shadowRows || differentRows > 0 || !missing.isEmpty() || !added.isEmpty();
        }
    }

    /**
     * The differences of one column.
     *
     * @param column its name
     * @param texts rows whose values differ and are not both numbers
     * @param numbers rows in which both values are numbers
     * @param beyond numbers that differ by more than the tolerance
     * @param largest the largest absolute difference of two numbers
     * @param mean the mean absolute difference of all numbers
     */
    public record ColumnDifference(String column, long texts, long numbers, long beyond, double largest, double mean) {}

    /**
     * A value that differs.
     *
     * @param row number of the row, from 1
     * @param column name of the column
     * @param delivered the value that is delivered
     * @param shadow the shadow's value
     */
    public record DifferentValue(long row, String column, String delivered, String shadow) {}
}
