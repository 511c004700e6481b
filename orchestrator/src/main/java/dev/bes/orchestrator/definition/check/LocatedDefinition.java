package dev.bes.orchestrator.definition.check;

import dev.bes.orchestrator.definition.Definition;
import dev.bes.orchestrator.definition.yaml.Spot;

/**
 * A good definition and where its values stand, for checks that compare definitions.
 *
 * @param definition the definition
 * @param root the root of its file
 */
public record LocatedDefinition(Definition definition, Spot root) {

    /** One of its drop folders in the file, by index. */
    Spot dropFolder(int index) {
        return new Spot(
                        root.document(),
                        root.findings(),
                        root.pointer()
                                .appendProperty("triggers")
                                .appendProperty("files")
                                .appendIndex(index))
                .at("folder");
    }

    Spot delivery() {
        return root.at("delivery").at("folder");
    }
}
