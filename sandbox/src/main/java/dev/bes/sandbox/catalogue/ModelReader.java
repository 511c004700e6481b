package dev.bes.sandbox.catalogue;

import dev.bes.sandbox.dataset.Column;
import dev.bes.sandbox.dataset.ColumnType;
import dev.bes.sandbox.dataset.Dataset;
import dev.bes.sandbox.document.YamlNode;
import dev.bes.sandbox.model.HashingModel;
import dev.bes.sandbox.model.JoinModel;
import dev.bes.sandbox.model.LogisticRegression;
import dev.bes.sandbox.model.Model;
import dev.bes.sandbox.model.ModelKind;
import dev.bes.sandbox.model.SavedQuery;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** Reads the model of a service. */
final class ModelReader {

    private ModelReader() {}

    /**
     * The model; empty when there is none of its kind.
     *
     * @param columns the columns that the service's inputs declare
     * @param folder where the document is
     */
    static Optional<Model> read(YamlNode node, List<Column> columns, Path folder) {
        String kind = node.text("kind");
        return switch (kind) {
            case "feature-hashing" -> plain(node, new HashingModel());
            case "join" -> plain(node, new JoinModel());
            case "saved-query" -> Optional.of(savedQuery(node));
            case "logistic-regression" -> Optional.of(regression(node));
            default -> other(kind, node, columns, folder);
        };
    }

    private static Optional<Model> other(String kind, YamlNode node, List<Column> columns, Path folder) {
        for (ModelKind other : ServiceLoader.load(ModelKind.class)) {
            if (other.name().equals(kind)) {
                return other.read(node, columns, folder);
            }
        }
        node.find("kind")
                .ifPresent(it -> it.report(
                        "unknown kind '" + kind + "'",
                        "write feature-hashing, join, saved-query or logistic-regression; onnx needs the module"
                                + " sandbox-onnx on the class path"));
        return Optional.empty();
    }

    private static Optional<Model> plain(YamlNode node, Model model) {
        node.allow("kind", "settings");
        return Optional.of(model);
    }

    private static Model regression(YamlNode node) {
        node.allow("kind", "settings", "weights", "intercept");
        Map<String, Double> weights = new LinkedHashMap<>();
        node.require("weights")
                .ifPresent(it -> it.entries().forEach((column, weight) -> weights.put(column, number(weight))));
        return new LogisticRegression(
                weights, node.find("intercept").map(ModelReader::number).orElse(0.0));
    }

    private static Model savedQuery(YamlNode node) {
        node.allow("kind", "settings", "columns", "rows");
        List<Column> columns =
                PortReader.columns(node).stream().map(InputColumn::column).toList();
        if (columns.isEmpty()) {
            node.report("the query has no columns", "declare its columns");
        }
        List<List<@Nullable String>> rows = new ArrayList<>();
        node.find("rows").map(YamlNode::elements).orElse(List.of()).forEach(row -> rows.add(row(row, columns)));
        return new SavedQuery(new Dataset(columns, rows));
    }

    private static List<@Nullable String> row(YamlNode node, List<Column> columns) {
        List<YamlNode> values = node.elements();
        if (values.size() != columns.size()) {
            node.report(
                    "the row has " + values.size() + " values, but there are " + columns.size() + " columns",
                    "write one value for each column, null for a missing one");
            return List.of();
        }
        List<@Nullable String> row = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            row.add(value(values.get(i), columns.get(i)));
        }
        return row;
    }

    private static @Nullable String value(YamlNode node, Column column) {
        if (node.isNull()) {
            return null;
        }
        if (!column.type().accepts(node.text())) {
            node.report(
                    "'" + node.text() + "' in column " + column.name() + " is no "
                            + column.type().remoteName(),
                    "write a value of the type");
        }
        return node.text();
    }

    private static double number(YamlNode node) {
        if (ColumnType.DOUBLE.accepts(node.text())) {
            return Double.parseDouble(node.text());
        }
        node.report("'" + node.text() + "' is no number", "write a number");
        return 0;
    }
}
