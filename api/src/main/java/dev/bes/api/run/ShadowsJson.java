package dev.bes.api.run;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A page of the shadows of a run: its scorings that another endpoint scores, too.
 *
 * @param shadows by position; those of a run that is a shadow itself: itself
 * @param next address of the following ones; null if there are none
 */
public record ShadowsJson(
        List<ShadowJson> shadows, @Nullable String next) {

    /**
     * What became of the shadow of a scoring.
     *
     * @param run number of the run whose output is delivered
     * @param position number of the scoring in it
     * @param endpoint the endpoint that scores it, too
     * @param shadowRun number of the run that does; null if it was skipped, or is purged
     * @param verdict {@code same}, {@code differs}, {@code not-comparable}, {@code failed} or {@code skipped}; null while the shadow is
     *     under way
     * @param cause why there is no comparison; null if there is one
     * @param outputs the differences by output; empty if there is no comparison
     * @param begunAt when the output was accepted
     * @param endedAt when the verdict was known
     * @param links {@code run} and {@code shadowRun}
     */
    public record ShadowJson(
            long run,
            int position,
            String endpoint,
            @Nullable Long shadowRun,
            @Nullable String verdict,
            @Nullable String cause,
            List<OutputDifferenceJson> outputs,
            Instant begunAt,
            @Nullable Instant endedAt,
            Map<String, String> links) {}

    /**
     * The differences of one output.
     *
     * @param output its name
     * @param rows data rows of the one that is delivered
     * @param shadowRows data rows of the shadow's
     * @param differentRows rows that both have and that differ beyond the tolerance
     * @param missing columns that only the delivered one has
     * @param added columns that only the shadow's has
     * @param columns the columns that both have, those that differ most first; at most 100
     * @param first the first values that differ beyond the tolerance
     */
    public record OutputDifferenceJson(
            String output,
            long rows,
            long shadowRows,
            long differentRows,
            List<String> missing,
            List<String> added,
            List<ColumnDifferenceJson> columns,
            List<DifferentValueJson> first) {}

    /**
     * The differences of one column.
     *
     * @param column its name
     * @param texts values that differ and are not both numbers
     * @param numbers pairs of numbers
     * @param beyond numbers that differ by more than the tolerance
     * @param largest the largest absolute difference of two numbers
     * @param mean the mean absolute difference of all numbers
     */
    public record ColumnDifferenceJson(
            String column, long texts, long numbers, long beyond, double largest, double mean) {}

    /**
     * A value that differs.
     *
     * @param row number of the row, from 1
     * @param column name of the column
     * @param delivered the value that is delivered
     * @param shadow the shadow's value
     */
    public record DifferentValueJson(long row, String column, String delivered, String shadow) {}
}
