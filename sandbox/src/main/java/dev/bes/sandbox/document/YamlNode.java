package dev.bes.sandbox.document;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** A value of a YAML document. What is missing or of another kind is added to the mistakes and read as empty. */
public record YamlNode(String file, Node node, Mistakes mistakes) {

    /** The values of a mapping by their keys, in the order of the file. */
    public Map<String, YamlNode> entries() {
        Map<String, YamlNode> entries = new LinkedHashMap<>();
        if (node instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                String key = ((ScalarNode) tuple.getKeyNode()).getValue();
                entries.put(key, new YamlNode(file, tuple.getValueNode(), mistakes));
            }
        } else {
            report("this is not a mapping", "write keys with values here");
        }
        return entries;
    }

    /** The elements of a list. */
    public List<YamlNode> elements() {
        List<YamlNode> elements = new ArrayList<>();
        if (node instanceof SequenceNode sequence) {
            sequence.getValue().forEach(item -> elements.add(new YamlNode(file, item, mistakes)));
        } else {
            report("this is not a list", "write '- ' before each element");
        }
        return elements;
    }

    /** The value of a key; null values count as absent. */
    public Optional<YamlNode> find(String key) {
        return Optional.ofNullable(entries().get(key)).filter(it -> !it.isNull());
    }

    /** The value of a key that has to be there. */
    public Optional<YamlNode> require(String key) {
        Optional<YamlNode> found = find(key);
        if (found.isEmpty()) {
            report("the key '" + key + "' is missing", "add '" + key + ":' with its value");
        }
        return found;
    }

    /** Reports keys that are not among these. */
    public void allow(String... keys) {
        Set<String> allowed = Set.of(keys);
        if (node instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                String key = ((ScalarNode) tuple.getKeyNode()).getValue();
                if (!allowed.contains(key)) {
                    new YamlNode(file, tuple.getKeyNode(), mistakes)
                            .report("unknown key '" + key + "'", "remove it; known are " + String.join(", ", keys));
                }
            }
        }
    }

    /** The text of a key that has to be there; empty when it is not. */
    public String text(String key) {
        return require(key).map(YamlNode::text).orElse("");
    }

    /** The text of a key, or another one without it. */
    public String text(String key, String otherwise) {
        return find(key).map(YamlNode::text).orElse(otherwise);
    }

    /** The text of a scalar, as the file writes it. */
    public String text() {
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        report("this is not a text", "write a single value here");
        return "";
    }

    /** The truth value of a key, or another one without it. */
    public boolean truth(String key, boolean otherwise) {
        return find(key).map(YamlNode::truth).orElse(otherwise);
    }

    /** The texts of a list; empty without the key. */
    public List<String> texts(String key) {
        return find(key).map(YamlNode::elements).orElse(List.of()).stream()
                .map(YamlNode::text)
                .toList();
    }

    /** Whether the value is null or absent. */
    public boolean isNull() {
        return node.getTag().equals(Tag.NULL);
    }

    /** Whether this is a list. */
    public boolean isList() {
        return node instanceof SequenceNode;
    }

    /** Whether this is a mapping. */
    public boolean isMapping() {
        return node instanceof MappingNode;
    }

    /** The key of a mapping as a node, for reports about it. */
    public YamlNode keyNode(String key) {
        if (node instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                if (((ScalarNode) tuple.getKeyNode()).getValue().equals(key)) {
                    return new YamlNode(file, tuple.getKeyNode(), mistakes);
                }
            }
        }
        return this;
    }

    /** Adds a mistake at this value. */
    public void report(String problem, String advice) {
        Optional<Mark> mark = node.getStartMark();
        mistakes.add(
                file,
                mark.map(Mark::getLine).orElse(0) + 1,
                mark.map(Mark::getColumn).orElse(0) + 1,
                problem,
                advice);
    }

    private boolean truth() {
        if (!node.getTag().equals(Tag.BOOL)) {
            report("'" + text() + "' is neither true nor false", "write true or false");
        }
        return node instanceof ScalarNode scalar && scalar.getValue().equalsIgnoreCase("true");
    }
}
