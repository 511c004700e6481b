package dev.bes.sandbox.onnx.encoding;

import dev.bes.sandbox.dataset.Column;
import dev.bes.sandbox.dataset.ColumnType;
import dev.bes.sandbox.document.YamlNode;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads which columns fill the input tensors, and how they are encoded. */
public final class TensorReader {

    private final List<Column> declared;

    private TensorReader(List<Column> declared) {
        this.declared = declared;
    }

    /**
     * The tensors of a model. Mistakes are added to those of the document.
     *
     * @param model what the service declares of its model
     * @param declared the columns that the service's inputs declare
     */
    public static List<InputTensor> read(YamlNode model, List<Column> declared) {
        TensorReader reader = new TensorReader(declared);
        return model.require("tensors").map(YamlNode::elements).orElse(List.of()).stream()
                .map(reader::tensor)
                .toList();
    }

    private InputTensor tensor(YamlNode node) {
        node.allow("name", "columns");
        List<YamlNode> columns = node.require("columns").map(YamlNode::elements).orElse(List.of());
        return new InputTensor(
                node.text("name"), columns.stream().map(this::encoding).toList());
    }

    private ColumnEncoding encoding(YamlNode node) {
        String column = node.text("column");
        Optional<ColumnType> type = declared.stream()
                .filter(it -> it.name().equals(column))
                .map(Column::type)
                .findFirst();
        if (type.isEmpty() && !column.isEmpty()) {
            node.find("column")
                    .ifPresent(
                            it -> it.report("no input declares the column '" + column + "'", "declare it in inputs"));
        }
        if (node.find("one-hot").isPresent()) {
            node.allow("column", "one-hot", "missing", "unknown");
            return oneHot(node, column);
        }
        if (type.orElse(ColumnType.STRING).isNumeric()) {
            node.allow("column", "offset", "scale", "missing");
            Substitute missing = substitute(node, "missing", false);
            checkNumber(node, missing);
            return new NumberEncoding(column, number(node, "offset", 0), number(node, "scale", 1), missing);
        }
        node.allow("column", "missing");
        return new TextEncoding(column, substitute(node, "missing", false));
    }

    private static ColumnEncoding oneHot(YamlNode node, String column) {
        List<YamlNode> values = node.find("one-hot").map(YamlNode::elements).orElse(List.of());
        Set<String> seen = new HashSet<>();
        values.stream()
                .filter(it -> !seen.add(it.text()))
                .forEach(it -> it.report("'" + it.text() + "' is there twice", "keep one of them"));
        Substitute missing = substitute(node, "missing", true);
        if (missing.constant() != null && !seen.contains(missing.constant())) {
            node.find("missing")
                    .ifPresent(it -> it.report("'" + missing.constant() + "' is not listed", "write a listed value"));
        }
        Substitute unknown = substitute(node, "unknown", true);
        if (unknown.constant() != null) {
            node.find("unknown").ifPresent(it -> it.report("this is not a text", "write reject or zeros"));
        }
        return new OneHotEncoding(column, values.stream().map(YamlNode::text).toList(), missing, unknown);
    }

    /** What is done with a value, {@code reject} without the key. */
    private static Substitute substitute(YamlNode node, String key, boolean zeros) {
        Optional<YamlNode> value = node.find(key);
        if (value.isEmpty()) {
            return Substitute.REJECT;
        }
        Optional<YamlNode> constant = value.get().isMapping() ? value.get().require("constant") : Optional.empty();
        if (value.get().isMapping()) {
            value.get().allow("constant");
            return Substitute.constant(constant.map(YamlNode::text).orElse(""));
        }
        String text = value.get().text();
        if (text.equals("zeros") && zeros) {
            return Substitute.ZEROS;
        }
        if (!text.equals("reject")) {
            value.get()
                    .report(
                            "'" + text + "' is no policy",
                            "write reject, " + (zeros ? "zeros, " : "") + "or {constant: value}");
        }
        return Substitute.REJECT;
    }

    private static void checkNumber(YamlNode node, Substitute missing) {
        if (missing.constant() != null && !ColumnType.DOUBLE.accepts(missing.constant())) {
            node.find("missing")
                    .ifPresent(it -> it.report("'" + missing.constant() + "' is no number", "write a number"));
        }
    }

    private static double number(YamlNode node, String key, double otherwise) {
        Optional<YamlNode> value = node.find(key);
        if (value.isEmpty()) {
            return otherwise;
        }
        if (!ColumnType.DOUBLE.accepts(value.get().text())) {
            value.get().report("'" + value.get().text() + "' is no number", "write a number");
            return otherwise;
        }
        return Double.parseDouble(value.get().text());
    }
}
