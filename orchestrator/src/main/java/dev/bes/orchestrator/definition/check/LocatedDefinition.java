package dev.bes.orchestrator.definition.check;

import dev.bes.orchestrator.definition.Definition;
import dev.bes.orchestrator.definition.yaml.NodeCursor;

/**
 * A valid definition and the root of its file, for checks that compare definitions.
 */
public record LocatedDefinition(Definition definition, NodeCursor root) {

    /** One of its drop folders in the file, by index. */
    NodeCursor dropFolder(int index) {
        return new NodeCursor(
                        root.document(),
                        root.diagnostics(),
                        root.pointer()
                                .appendProperty("triggers")
                                .appendProperty("files")
                                .appendIndex(index))
                .at("folder");
    }

    NodeCursor delivery() {
        return root.at("delivery").at("folder");
    }
}
