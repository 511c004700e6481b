package dev.bes.sandbox.onnx;

import dev.bes.sandbox.document.YamlNode;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads which columns the model adds to the rows, and which columns of the data stay. */
final class ResultReader {

    private ResultReader() {}

    static List<ResultColumn> results(YamlNode model) {
        List<YamlNode> declared = elements(model);
        Set<String> names = new HashSet<>();
        declared.stream()
                .filter(it -> !names.add(it.text("column")))
                .forEach(it -> it.report("'" + it.text("column") + "' is there twice", "choose another column"));
        return declared.stream().map(ResultReader::result).toList();
    }

    /** The declared results as nodes, for reports about them. */
    static List<YamlNode> elements(YamlNode model) {
        return model.require("results").map(YamlNode::elements).orElse(List.of());
    }

    static KeptColumns keep(YamlNode model) {
        Optional<YamlNode> keep = model.find("keep");
        boolean all =
                keep.isPresent() && !keep.get().isList() && keep.get().text().equals("all");
        return new KeptColumns(all, all ? List.of() : model.texts("keep"));
    }

    private static ResultColumn result(YamlNode node) {
        node.allow("column", "tensor", "at", "labels");
        List<String> labels = node.texts("labels");
        int at = node.find("at").map(ResultReader::position).orElse(0);
        if (!labels.isEmpty() && node.find("at").isPresent()) {
            node.find("at").ifPresent(it -> it.report("'at' stands beside 'labels'", "keep one of them"));
        }
        return new ResultColumn(node.text("column"), node.text("tensor"), at, labels);
    }

    private static int position(YamlNode node) {
        if (!node.text().matches("\\d{1,6}")) {
            node.report("'" + node.text() + "' is no position", "write a whole number; the first position is 0");
            return 0;
        }
        return Integer.parseInt(node.text());
    }
}
