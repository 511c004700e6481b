package dev.bes.benchmarks.measure;

import java.util.Collection;

/** Percentiles of measured values. */
public final class Percentile {

    private Percentile() {}

    /**
     * The value that so many percent of all do not exceed.
     *
     * @throws IllegalArgumentException without values
     */
    public static double of(Collection<Double> values, int percent) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("There is no percentile of nothing");
        }
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return sorted[Math.max(0, (int) Math.ceil(sorted.length * percent / 100.0) - 1)];
    }
}
