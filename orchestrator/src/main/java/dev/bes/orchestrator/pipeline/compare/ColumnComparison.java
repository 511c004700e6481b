package dev.bes.orchestrator.pipeline.compare;

import dev.bes.orchestrator.run.shadow.Comparison.ColumnDifference;
import java.math.BigDecimal;

/** Adds up how the values of one column differ. */
final class ColumnComparison {
    private static final int EXACT_LENGTH = 40;

    private final String name;
    private final int at;
    private final int shadowAt;
    private final double tolerance;
    private long texts;
    private long numbers;
    private long beyond;
    private double largest;
    private double sum;

    /**
     * A column that both outputs have.
     *
     * @param at its place in the delivered one, from 0
     * @param shadowAt its place in the shadow's
     * @param tolerance the largest difference of two numbers that count as the same
     */
    ColumnComparison(String name, int at, int shadowAt, double tolerance) {
        this.name = name;
        this.at = at;
        this.shadowAt = shadowAt;
        this.tolerance = tolerance;
    }

    String name() {
        return name;
    }

    int at() {
        return at;
    }

    int shadowAt() {
        return shadowAt;
    }

    /** Adds two values; returns whether they differ beyond the tolerance. */
    boolean add(String delivered, String shadow) {
        boolean equal = delivered.equals(shadow);
        double number = number(delivered);
        double other = equal ? number : number(shadow);
        if (Double.isNaN(number) || Double.isNaN(other)) {
            texts += equal ? 0 : 1;
            return !equal;
        }
        double difference = equal ? 0 : difference(delivered, shadow, number, other);
        numbers++;
        sum += difference;
        largest = Math.max(largest, difference);
        beyond += difference > tolerance ? 1 : 0;
        return difference > tolerance;
    }

    /** The number that a text is; NaN if it is none. */
    private static double number(String text) {
        if (text.isEmpty() || !text.chars().allMatch(ColumnComparison::mayBeOfNumber)) {
            return Double.NaN;
        }
        try {
            double number = Double.parseDouble(text);
            return Double.isInfinite(number) ? Double.NaN : number;
        } catch (NumberFormatException _) {
            return Double.NaN;
        }
    }

    private static boolean mayBeOfNumber(int c) {
        return (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '+' || c == 'e' || c == 'E';
    }

    /** Of usual numbers the exact one, so that 0.3 and 0.1 differ by 0.2; an exponent could make it endless. */
    private static double difference(String delivered, String shadow, double number, double other) {
        return isPlain(delivered) && isPlain(shadow)
                ? new BigDecimal(delivered)
                        .subtract(new BigDecimal(shadow))
                        .abs()
                        .doubleValue()
                : Math.min(Double.MAX_VALUE, Math.abs(number - other));
    }

    private static boolean isPlain(String text) {
        return text.length() <= EXACT_LENGTH && text.indexOf('e') < 0 && text.indexOf('E') < 0;
    }

    ColumnDifference result(String shownName) {
        // the sum of large numbers may be infinite, which JSON can't say
        double mean = numbers == 0 ? 0 : Math.min(largest, sum / numbers);
        return new ColumnDifference(shownName, texts, numbers, beyond, largest, mean);
    }
}
