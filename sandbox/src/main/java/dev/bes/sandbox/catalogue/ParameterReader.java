package dev.bes.sandbox.catalogue;

import dev.bes.sandbox.document.YamlNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a web service parameter. */
final class ParameterReader {

    private ParameterReader() {}

    static Parameter read(YamlNode node) {
        node.allow("name", "type", "default", "allowed", "minimum", "maximum");
        ParameterType type = type(node);
        Optional<YamlNode> fallback = node.find("default");
        Parameter parameter = new Parameter(
                node.text("name"),
                type,
                fallback.map(YamlNode::text).orElse(null),
                allowed(node, type),
                bound(node, "minimum", type),
                bound(node, "maximum", type));
        fallback.filter(it -> !parameter.accepts(it.text()))
                .ifPresent(it -> it.report(
                        "'" + it.text() + "' breaks the rule of the parameter",
                        "write a value that requests may give"));
        return parameter;
    }

    private static ParameterType type(YamlNode node) {
        String text = node.text("type");
        for (ParameterType type : ParameterType.values()) {
            if (text.equals(type.name().toLowerCase(Locale.ROOT))) {
                return type;
            }
        }
        node.find("type")
                .ifPresent(it -> it.report("unknown type '" + text + "'", "write string, integer, number or boolean"));
        return ParameterType.STRING;
    }

    private static List<String> allowed(YamlNode node, ParameterType type) {
        List<YamlNode> values = node.find("allowed").map(YamlNode::elements).orElse(List.of());
        values.stream()
                .filter(it -> !type.accepts(it.text()))
                .forEach(it -> it.report("'" + it.text() + "' is not of the type", "write a value of the type"));
        return values.stream().map(YamlNode::text).toList();
    }

    private static @Nullable BigDecimal bound(YamlNode node, String key, ParameterType type) {
        Optional<YamlNode> bound = node.find(key);
        if (bound.isEmpty()) {
            return null;
        }
        String text = bound.get().text();
        if (!type.isNumeric()) {
            bound.get().report("only numbers have a " + key, "remove it, or change the type");
        } else if (!type.accepts(text)) {
            bound.get().report("'" + text + "' is no number of the type", "write a number");
        } else {
            return new BigDecimal(text);
        }
        return null;
    }
}
