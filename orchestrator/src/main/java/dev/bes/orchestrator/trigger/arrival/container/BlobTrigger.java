package dev.bes.orchestrator.trigger.arrival.container;

import dev.bes.orchestrator.definition.Definition;
import dev.bes.orchestrator.definition.Triggers.DropContainer;
import dev.bes.orchestrator.remote.blob.StoreBlobs.ListedBlob;
import dev.bes.orchestrator.run.InputSource;
import dev.bes.orchestrator.trigger.arrival.rule.FileRules;

/** A definition and one of its containers. */
record BlobTrigger(Definition definition, DropContainer container, FileRules rules) {
    BlobTrigger(Definition definition, DropContainer container) {
        this(definition, container, new FileRules(container.pattern(), container.rules()));
    }

    /**
     * A blob that may be taken.
     *
     * @param name its path without the prefix
     */
    record Ready(BlobTrigger trigger, String name, ListedBlob blob) {
        /** The version that was listed, as an input. */
        InputSource input() {
            return new InputSource.StoreBlob(trigger.container.store(), blob.path(), blob.etag(), name);
        }
    }
}
