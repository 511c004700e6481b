package dev.bes.sandbox.model;

import dev.bes.sandbox.dataset.Column;
import dev.bes.sandbox.dataset.ColumnType;
import dev.bes.sandbox.dataset.InvalidDataset;
import dev.bes.sandbox.dataset.RowReader;
import dev.bes.sandbox.dataset.RowWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A trained two-class logistic regression. Its first output has the rows with {@code Scored Labels} and {@code Scored
 * Probabilities}, as the Score Model module writes them; its second one has the evaluation against the true labels. A
 * row in which a weighted column is missing gets no score.
 *
 * @param weights the weight of each column that counts
 */
public record LogisticRegression(Map<String, Double> weights, double intercept) implements Model {

    /** The column with the true label; empty if the rows have none. */
    public static final String LABEL = "Label column";

    /** The label of the class whose probability is scored. */
    public static final String POSITIVE = "Positive label";

    /** The label of the other class. */
    public static final String NEGATIVE = "Negative label";

    /** The probability from which a row gets the positive label. */
    public static final String THRESHOLD = "Threshold";

    @Override
    public int inputs() {
        return 1;
    }

    @Override
    public int outputs() {
        return 2;
    }

    @Override
    public List<Setting> settings() {
        return List.of(
                new Setting(LABEL, ""),
                new Setting(POSITIVE, "1"),
                new Setting(NEGATIVE, "0"),
                new Setting(THRESHOLD, "0.5"));
    }

    @Override
    public void score(Settings settings, List<RowReader> inputs, List<RowWriter> outputs) {
        RowReader in = inputs.getFirst();
        RowWriter scored = outputs.getFirst();
        Map<Integer, Double> weighted = weighted(in.columns());
        int label = settings.text(LABEL).isEmpty() ? -1 : settings.column(LABEL, in.columns());
        double threshold = settings.number(THRESHOLD);
        Evaluation evaluation = new Evaluation(settings.text(POSITIVE), settings.text(NEGATIVE));
        scored.columns(columns(in.columns()));
        for (List<@Nullable String> row = in.next(); row != null; row = in.next()) {
            Double probability = probability(row, in.columns(), weighted);
            String labelled = probability == null ? null : evaluation.label(probability >= threshold);
            List<@Nullable String> with = new ArrayList<>(row);
            with.add(labelled);
            with.add(probability == null ? null : probability.toString());
            scored.row(with);
            if (labelled != null && label >= 0) {
                evaluation.add(row.get(label), labelled);
            }
        }
        evaluation.write(outputs.getLast());
    }

    private Map<Integer, Double> weighted(List<Column> columns) {
        Map<Integer, Double> weighted = new LinkedHashMap<>();
        weights.forEach((column, weight) -> weighted.put(Settings.indexOf(column, columns), weight));
        return weighted;
    }

    private static List<Column> columns(List<Column> columns) {
        List<Column> all = new ArrayList<>(columns);
        all.add(new Column("Scored Labels", ColumnType.STRING));
        all.add(new Column("Scored Probabilities", ColumnType.DOUBLE));
        return all;
    }

    private @Nullable Double probability(
            List<@Nullable String> row, List<Column> columns, Map<Integer, Double> weighted) {
        double sum = intercept;
        for (Map.Entry<Integer, Double> weight : weighted.entrySet()) {
            String value = row.get(weight.getKey());
            if (value == null) {
                return null;
            }
            if (!ColumnType.DOUBLE.accepts(value)) {
                throw new InvalidDataset("\"" + value + "\" in column "
                        + columns.get(weight.getKey()).name() + " is no number");
            }
            sum += weight.getValue() * Double.parseDouble(value);
        }
        return 1 / (1 + Math.exp(-sum));
    }
}
