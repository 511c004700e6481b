package dev.bes.benchmarks.measure;

import java.util.Collection;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** A figure over several rounds: median, least and most. */
public record Spread(double median, double least, double most) {

    /** The figure of all runs. */
    public static <T> Spread of(Collection<T> runs, ToDoubleFunction<T> figure) {
        double[] sorted = runs.stream().mapToDouble(figure).sorted().toArray();
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[sorted.length - 1]);
    }

    /** All three with so many digits. */
    public String text(int digits) {
        String one = "%,." + digits + "f";
        return String.format(Locale.ROOT, one + " (" + one + "–" + one + ")", median, least, most);
    }
}
