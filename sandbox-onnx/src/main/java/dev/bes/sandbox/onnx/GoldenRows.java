package dev.bes.sandbox.onnx;

import dev.bes.sandbox.dataset.Column;
import dev.bes.sandbox.dataset.DataFormat;
import dev.bes.sandbox.dataset.Dataset;
import dev.bes.sandbox.dataset.InvalidDataset;
import dev.bes.sandbox.dataset.RowReader;
import dev.bes.sandbox.document.YamlNode;
import dev.bes.sandbox.model.ModuleFailure;
import dev.bes.sandbox.model.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Rows with the results that the model must give for them: they show that each column reaches its place in the tensors. */
final class GoldenRows {

    private static final double TOLERANCE = 1e-6;

    private final YamlNode node;
    private final Path file;
    private final OnnxModel model;

    private GoldenRows(YamlNode node, Path file, OnnxModel model) {
        this.node = node;
        this.file = file;
        this.model = model;
    }

    /**
     * Scores the rows of a file and compares. Mistakes are added to those of the document.
     *
     * @param node where the document names the file
     */
    static void check(YamlNode node, Path file, OnnxModel model) {
        new GoldenRows(node, file, model).check();
    }

    private void check() {
        try {
            Dataset golden = read();
            if (golden.rows().isEmpty()) {
                report(1, "there is no row", "write some rows with their results");
                return;
            }
            Dataset.Collector scored = new Dataset.Collector();
            model.score(new Settings(Map.of(), true), List.of(golden.reader()), List.of(scored));
            for (ResultColumn result : model.results()) {
                compare(result.name(), golden, scored.dataset());
            }
        } catch (IOException e) {
            node.report("the file cannot be read: " + e.getMessage(), "write a CSV file beside the YAML file");
        } catch (InvalidDataset | ModuleFailure e) {
            report(1, "the rows cannot be scored: " + e.getMessage(), "write rows that the model takes");
        }
    }

    private Dataset read() throws IOException {
        try (RowReader reader = DataFormat.CSV.reader(Files.newInputStream(file))) {
            List<List<@Nullable String>> rows = new ArrayList<>();
            for (List<@Nullable String> row = reader.next(); row != null; row = reader.next()) {
                rows.add(row);
            }
            return new Dataset(reader.columns(), rows);
        }
    }

    private void compare(String name, Dataset golden, Dataset scored) {
        int expected = golden.columns().stream().map(Column::name).toList().indexOf(name);
        if (expected < 0) {
            report(1, "the column '" + name + "' is missing", "add it with the results that are right");
            return;
        }
        int actual = KeptColumns.position(name, scored.columns());
        boolean numbers = scored.columns().get(actual).type().isNumeric();
        for (int row = 0; row < golden.rows().size(); row++) {
            String right = golden.rows().get(row).get(expected);
            String got = scored.rows().get(row).get(actual);
            if (!(numbers ? isNear(right, got) : Objects.equals(right, got))) {
                // the first line is the header
                report(
                        row + 2,
                        "the model gives " + got + " for '" + name + "', not " + right,
                        "check the order of the tensor's columns, of listed values and of labels");
                return;
            }
        }
    }

    private static boolean isNear(@Nullable String right, @Nullable String got) {
        try {
            return right != null
                    && got != null
                    && Math.abs(Double.parseDouble(right) - Double.parseDouble(got)) <= TOLERANCE;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private void report(int line, String problem, String advice) {
        String name = node.file().replaceFirst("[^/]*$", "") + file.getFileName();
        node.mistakes().add(name, line, 1, problem, advice);
    }
}
