package dev.bes.api.definition;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the last shadows of a definition have found, to decide whether to move it.
 *
 * @param definition its name
 * @param endpoint the endpoint whose outputs are delivered; null if there were no shadows
 * @param shadowEndpoint the endpoint that they are compared with; null if there were no shadows
 * @param same outputs that are the same, within the tolerance
 * @param differs outputs that are not
 * @param notComparable outputs that could not be compared
 * @param failed shadows without an output
 * @param skipped scorings that had no shadow, because too many were waiting
 * @param underWay shadows that are not compared yet
 * @param columns the differences of all of them by column, those that differ most first; at most 100
 */
public record ShadowSummaryJson(
        String definition,
        @Nullable String endpoint,
        @Nullable String shadowEndpoint,
        long same,
        long differs,
        long notComparable,
        long failed,
        long skipped,
        long underWay,
        List<ColumnSummaryJson> columns) {

    /**
     * The differences of one column.
     *
     * @param output name of the output
     * @param column name of the column
     * @param texts values that differ and are not both numbers
     * @param numbers pairs of numbers
     * @param beyond numbers that differ by more than the tolerance
     * @param largest the largest absolute difference of two numbers
     * @param mean the mean absolute difference of all numbers
     */
    public record ColumnSummaryJson(
            String output, String column, long texts, long numbers, long beyond, double largest, double mean) {}

    /** How many were compared; no field of the JSON. */
    public long compared() {
        return same + differs;
    }
}
