package dev.bes.orchestrator.run.shadow;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the last shadows of a definition have found, to decide whether to move it.
 *
 * @param mainEndpoint the endpoint whose outputs are delivered
 * @param endpoint the other one
 * @param verdicts how many have each verdict
 * @param underWay how many have none yet
 * @param columns the differences of all of them by column, those that differ most first
 */
public record ShadowSummary(
        String mainEndpoint, String endpoint, Map<Verdict, Long> verdicts, long underWay, List<Column> columns) {

    /**
     * The differences of one column.
     *
     * @param texts values that differ and are not both numbers
     * @param numbers pairs of numbers
     * @param beyond numbers that differ by more than the tolerance
     * @param largest the largest absolute difference of two numbers
     * @param mean the mean absolute difference of all numbers
     */
    public record Column(
            String output, String column, long texts, long numbers, long beyond, double largest, double mean) {}

    /** How many were compared. */
    public long compared() {
        return count(Verdict.SAME) + count(Verdict.DIFFERS);
    }

    /** The column with the largest difference of numbers; null if no numbers differ. */
    public @Nullable Column widest() {
        return columns.stream()
                .filter(column -> column.largest > 0)
                .max(Comparator.comparingDouble(Column::largest))
                .orElse(null);
    }

    /** How many are the same. */
    public long same() {
        return count(Verdict.SAME);
    }

    /** How many have a verdict and were not compared. */
    public long others() {
        return count(Verdict.NOT_COMPARABLE) + count(Verdict.FAILED) + count(Verdict.SKIPPED);
    }

    /** How many have that verdict. */
    public long count(Verdict verdict) {
        return verdicts.getOrDefault(verdict, 0L);
    }
}
