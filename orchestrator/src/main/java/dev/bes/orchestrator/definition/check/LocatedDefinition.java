package dev.bes.orchestrator.definition.check;

import dev.bes.orchestrator.definition.Definition;
import dev.bes.orchestrator.definition.yaml.NodeCursor;

/**
 * A good definition and where its values stand, for checks that compare definitions.
 *
 * @param definition the definition
 * @param root the root of its file
 */
public record LocatedDefinition(Definition definition, NodeCursor root) {

    /** One of its drop folders in the file, by index. */
    NodeCursor dropFolder(int index) {
        return new NodeCursor(
                        root.document(),
                        root.findings(),
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
