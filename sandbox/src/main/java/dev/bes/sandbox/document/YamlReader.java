package dev.bes.sandbox.document;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads YAML into nodes that know their position. Aliases are refused, so that a small file stays a small tree. */
public final class YamlReader {

    private static final LoadSettings SETTINGS = LoadSettings.builder().build();
    private static final int MOST_LEVELS = 50;

    private final String file;
    private final Mistakes mistakes;
    private boolean usable = true;

    private YamlReader(String file, Mistakes mistakes) {
        this.file = file;
        this.mistakes = mistakes;
    }

    /** The root of the document; empty when it cannot be used, and the mistakes say why. */
    public static Optional<YamlNode> read(String file, String text, Mistakes mistakes) {
        return new YamlReader(file, mistakes).read(text);
    }

    private Optional<YamlNode> read(String text) {
        try {
            Optional<Node> root = new Compose(SETTINGS).composeString(text);
            root.ifPresentOrElse(
                    node -> check(node, 1), () -> refuse(Optional.empty(), "the file is empty", "write its settings"));
            return root.filter(node -> usable).map(node -> new YamlNode(file, node, mistakes));
        } catch (MarkedYamlEngineException e) {
            refuse(
                    e.getProblemMark(),
                    "not valid YAML: " + e.getProblem().strip(),
                    "check indentation, colons and quotes");
        } catch (YamlEngineException e) {
            refuse(Optional.empty(), "not valid YAML: " + e.getMessage(), "write one document of plain YAML");
        }
        return Optional.empty();
    }

    private void check(Node node, int level) {
        if (node.getAnchor().isPresent()) {
            refuse(node.getStartMark(), "anchors and aliases are not supported", "write the value out");
        } else if (level > MOST_LEVELS) {
            refuse(node.getStartMark(), "more than " + MOST_LEVELS + " levels", "write it flatter");
        } else if (node instanceof MappingNode mapping) {
            checkKeys(mapping);
            mapping.getValue().forEach(tuple -> check(tuple.getValueNode(), level + 1));
        } else if (node instanceof SequenceNode sequence) {
            sequence.getValue().forEach(item -> check(item, level + 1));
        }
    }

    private void checkKeys(MappingNode mapping) {
        Set<String> seen = new HashSet<>();
        for (NodeTuple tuple : mapping.getValue()) {
            Node key = tuple.getKeyNode();
            if (!(key instanceof ScalarNode scalar)) {
                refuse(key.getStartMark(), "a key that is not a text", "write a plain key");
            } else if (!seen.add(scalar.getValue())) {
                refuse(key.getStartMark(), "the key '" + scalar.getValue() + "' stands twice", "keep one of them");
            }
        }
    }

    private void refuse(Optional<Mark> mark, String problem, String advice) {
        usable = false;
        mistakes.add(
                file,
                mark.map(Mark::getLine).orElse(0) + 1,
                mark.map(Mark::getColumn).orElse(0) + 1,
                problem,
                advice);
    }
}
