package dev.bes.sandbox.model;

import dev.bes.sandbox.dataset.Column;
import dev.bes.sandbox.dataset.ColumnType;
import dev.bes.sandbox.dataset.RowWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Counts right and wrong labels, and writes the metrics of the Evaluate Model module that follow from the counts. */
final class Evaluation {

    private static final List<String> COUNTS =
            List.of("True Positive", "False Negative", "False Positive", "True Negative");
    private static final List<String> METRICS = List.of("Accuracy", "Precision", "Recall", "F-Score");

    private final String positive;
    private final String negative;
    private long truePositives;
    private long falseNegatives;
    private long falsePositives;
    private long trueNegatives;

    Evaluation(String positive, String negative) {
        this.positive = positive;
        this.negative = negative;
    }

    String label(boolean isPositive) {
        return isPositive ? positive : negative;
    }

    /** Counts a row; one without a true label, or with a third one, does not count. */
    void add(@Nullable String truth, String labelled) {
        boolean said = labelled.equals(positive);
        if (positive.equals(truth)) {
            truePositives += said ? 1 : 0;
            falseNegatives += said ? 0 : 1;
        } else if (negative.equals(truth)) {
            falsePositives += said ? 1 : 0;
            trueNegatives += said ? 0 : 1;
        }
    }

    /** Writes one row; a metric that would be divided by zero is missing. */
    void write(RowWriter out) {
        List<Column> columns = new ArrayList<>();
        COUNTS.forEach(name -> columns.add(new Column(name, ColumnType.INT64)));
        METRICS.forEach(name -> columns.add(new Column(name, ColumnType.DOUBLE)));
        out.columns(columns);
        long wrong = falseNegatives + falsePositives;
        List<@Nullable String> row = new ArrayList<>();
        for (long count : new long[] {truePositives, falseNegatives, falsePositives, trueNegatives}) {
            row.add(Long.toString(count));
        }
        row.add(ratio(truePositives + trueNegatives, truePositives + trueNegatives + wrong));
        row.add(ratio(truePositives, truePositives + falsePositives));
        row.add(ratio(truePositives, truePositives + falseNegatives));
        row.add(ratio(2 * truePositives, 2 * truePositives + wrong));
        out.row(row);
    }

    private static @Nullable String ratio(long part, long whole) {
        return whole == 0 ? null : Double.toString((double) part / whole);
    }
}
