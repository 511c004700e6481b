package dev.bes.sandbox.catalogue;

import dev.bes.sandbox.dataset.Column;
import dev.bes.sandbox.dataset.ColumnType;
import dev.bes.sandbox.document.YamlNode;
import dev.bes.sandbox.model.Model;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the inputs, outputs and columns of a service. */
final class PortReader {

    private static final String NAME = "[A-Za-z][A-Za-z0-9_-]{0,63}";

    private PortReader() {}

    static List<Input> inputs(YamlNode service, Model model) {
        return ports(service, "inputs", model.inputs()).stream()
                .map(PortReader::input)
                .toList();
    }

    static List<String> outputs(YamlNode service, Model model) {
        List<YamlNode> outputs = ports(service, "outputs", model.outputs());
        outputs.forEach(it -> it.allow("name"));
        return outputs.stream().map(it -> it.text("name")).toList();
    }

    /** The columns that the inputs of a service declare. */
    static List<Column> declared(YamlNode service) {
        return service.find("inputs").map(YamlNode::elements).orElse(List.of()).stream()
                .flatMap(input -> columns(input, "name", "type", "example").stream())
                .map(InputColumn::column)
                .toList();
    }

    /** The columns of an input or a saved query. */
    static List<InputColumn> columns(YamlNode node, String... more) {
        List<YamlNode> declared = node.find("columns").map(YamlNode::elements).orElse(List.of());
        Set<String> names = new HashSet<>();
        for (YamlNode column : declared) {
            column.allow(more.length == 0 ? new String[] {"name", "type"} : more);
            ServiceReader.unique(column, "name", column.text("name"), names);
        }
        return declared.stream().map(PortReader::column).toList();
    }

    private static List<YamlNode> ports(YamlNode service, String key, int count) {
        List<YamlNode> ports = service.find(key).map(YamlNode::elements).orElse(List.of());
        if (ports.size() != count) {
            service.find(key)
                    .orElse(service)
                    .report("the model has " + count + " " + key + ", not " + ports.size(), "declare " + count);
        }
        Set<String> names = new HashSet<>();
        for (YamlNode port : ports) {
            String name = port.text("name");
            ServiceReader.unique(port, "name", name, names);
            if (!name.matches(NAME)) {
                port.find("name")
                        .ifPresent(it -> it.report(
                                "'" + name + "' is not valid",
                                "a name has a letter first, then up to 63 letters, digits, _ and -"));
            }
        }
        return ports;
    }

    private static Input input(YamlNode node) {
        node.allow("name", "open", "columns");
        List<InputColumn> columns = columns(node, "name", "type", "example");
        boolean open = node.truth("open", false);
        if (columns.isEmpty() && !open) {
            node.report("the input has no columns", "declare its columns, or write 'open: true'");
        }
        return new Input(node.text("name"), columns, open);
    }

    private static InputColumn column(YamlNode node) {
        ColumnType type = node.require("type").flatMap(PortReader::type).orElse(ColumnType.STRING);
        return new InputColumn(new Column(node.text("name"), type), example(node, type));
    }

    private static Optional<ColumnType> type(YamlNode node) {
        Optional<ColumnType> type = ColumnType.named(node.text());
        if (type.isEmpty()) {
            String known = Arrays.stream(ColumnType.values())
                    .map(ColumnType::remoteName)
                    .collect(Collectors.joining(", "));
            node.report("unknown type '" + node.text() + "'", "write one of " + known);
        }
        return type;
    }

    private static @Nullable String example(YamlNode node, ColumnType type) {
        Optional<YamlNode> example = node.find("example");
        example.filter(it -> !type.accepts(it.text()))
                .ifPresent(
                        it -> it.report("'" + it.text() + "' is no " + type.remoteName(), "write a value of the type"));
        return example.map(YamlNode::text).orElse(null);
    }
}
