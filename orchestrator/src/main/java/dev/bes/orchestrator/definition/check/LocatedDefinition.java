package dev.bes.orchestrator.definition.check;

import dev.bes.orchestrator.definition.Definition;
import dev.bes.orchestrator.definition.yaml.NodeCursor;
import java.util.List;

/**
 * A valid definition and the root of its file, for checks that compare definitions.
 */
public record LocatedDefinition(Definition definition, NodeCursor root) {

    /** One of its drop folders in the file, by index. */
    public NodeCursor dropFolder(int index) {
        return arrivals("folder").get(index);
    }

    /** One of its containers in the file, by index. */
    public NodeCursor dropContainer(int index) {
        return arrivals("container").get(index);
    }

    private List<NodeCursor> arrivals(String key) {
        return root.at("triggers")
                .at("files")
                .elements()
                .map(files -> files.at(key))
                .filter(NodeCursor::isPresent)
                .toList();
    }

    /** The container that it delivers to, in the file. */
    public NodeCursor deliveryContainer() {
        return root.at("delivery").at("container");
    }

    /** The folder that it delivers to, in the file. */
    public NodeCursor delivery() {
        return root.at("delivery").at("folder");
    }
}
