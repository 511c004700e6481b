package dev.bes.models;

import dev.bes.sandbox.dataset.Column;
import dev.bes.sandbox.dataset.DataFormat;
import dev.bes.sandbox.dataset.RowWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.tribuo.Example;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.classification.sgd.linear.LinearSGDModel;
import org.tribuo.classification.sgd.linear.LinearSGDTrainer;
import org.tribuo.classification.sgd.objectives.LogMulticlass;
import org.tribuo.impl.ArrayExample;
import org.tribuo.math.optimisers.AdaGrad;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/**
 * The model {@code strike-damage}: a logistic regression of whether a strike did damage. Each fifth report is held out
 * for its evaluation.
 */
final class StrikeDamage {

    static final String NAME = "strike-damage";
    private static final String DAMAGE = "damage";
    private static final String NO_DAMAGE = "none";
    private static final String SETTINGS = "model.yaml";
    private static final int HELD_OUT = 5;
    private static final int GOLDEN = 50;
    private static final int EPOCHS = 20;
    private static final int NO_LOG = -1;
    private static final double LEARNING_RATE = 0.1;
    private static final long SEED = 4711;

    private final String yaml;
    private final Encoder encoder;
    private final LinearSGDModel model;
    private final int trained;
    private final List<Report> heldOut;

    private StrikeDamage(String yaml, Encoder encoder, LinearSGDModel model, int trained, List<Report> heldOut) {
        this.yaml = yaml;
        this.encoder = encoder;
        this.model = model;
        this.trained = trained;
        this.heldOut = heldOut;
    }

    /**
     * Trains the model; the same reports give the same model.
     *
     * @param folder where its {@code model.yaml} is
     */
    static StrikeDamage train(Path folder, Path csv) throws IOException {
        String yaml = Files.readString(folder.resolve(SETTINGS));
        Encoder encoder = Encoder.of(yaml);
        List<Report> reports = Report.read(csv);
        MutableDataset<Label> training =
                new MutableDataset<>(new SimpleDataSourceProvenance(NAME, new LabelFactory()), new LabelFactory());
        List<Report> heldOut = new ArrayList<>();
        for (int i = 0; i < reports.size(); i++) {
            if (i % HELD_OUT == HELD_OUT - 1) {
                heldOut.add(reports.get(i));
            } else {
                training.add(example(encoder, reports.get(i)));
            }
        }
        LinearSGDTrainer trainer =
                new LinearSGDTrainer(new LogMulticlass(), new AdaGrad(LEARNING_RATE), EPOCHS, NO_LOG, SEED);
        LinearSGDModel model = trainer.train(training);
        return new StrikeDamage(yaml, encoder, model, training.size(), heldOut);
    }

    /** How good it is on the reports held out. */
    Evaluation evaluation() {
        return new Evaluation(
                trained,
                heldOut.stream()
                        .map(it -> new Evaluation.Scored(probability(it), it.damage()))
                        .toList());
    }

    /** Writes the folder that the sandbox serves: the model, its YAML, and golden rows that Tribuo itself has scored. */
    void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(SETTINGS), yaml);
        // without Tribuo's notes on the training, which have its time: the same model is the same bytes
        Files.write(
                folder.resolve("model.onnx"),
                model.exportONNXModel("dev.bes", 1).toBuilder()
                        .clearMetadataProps()
                        .clearDocString()
                        .build()
                        .toByteArray());
        try (RowWriter golden = DataFormat.CSV.writer(Files.newOutputStream(folder.resolve("golden.csv")), "")) {
            List<String> columns = new ArrayList<>(encoder.columns());
            columns.addAll(List.of("Scored Labels", "Scored Probabilities"));
            golden.columns(columns.stream().map(Column::text).toList());
            heldOut.stream().limit(GOLDEN).forEach(report -> golden.row(golden(report)));
        }
    }

    private List<@Nullable String> golden(Report report) {
        List<@Nullable String> row = new ArrayList<>();
        encoder.columns().forEach(column -> row.add(report.values().get(column)));
        double probability = probability(report);
        row.add(probability > 0.5 ? DAMAGE : NO_DAMAGE);
        row.add(Double.toString(probability));
        return row;
    }

    private double probability(Report report) {
        Map<String, Label> scores = model.predict(example(encoder, report)).getOutputScores();
        return scores.getOrDefault(DAMAGE, new Label(DAMAGE, Double.NaN)).getScore();
    }

    /** Tribuo orders a tensor by the names of its columns: these have the order of the YAML. */
    private static Example<Label> example(Encoder encoder, Report report) {
        double[] values = encoder.encode(report.values());
        String[] names =
                IntStream.range(0, values.length).mapToObj("%04d"::formatted).toArray(String[]::new);
        return new ArrayExample<>(new Label(report.damage() ? DAMAGE : NO_DAMAGE), names, values);
    }
}
