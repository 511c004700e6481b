package dev.bes.orchestrator.trigger.arrival.container;

import dev.bes.orchestrator.definition.Definition;
import dev.bes.orchestrator.definition.Triggers.DropContainer;
import dev.bes.orchestrator.remote.blob.StoreBlobs.ListedBlob;
import dev.bes.orchestrator.run.InputSource;
import dev.bes.orchestrator.trigger.arrival.ledger.FileState;
import dev.bes.orchestrator.trigger.arrival.ledger.LyingFile;
import dev.bes.orchestrator.trigger.arrival.rule.FileRules;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A definition and one of its containers. */
record BlobTrigger(Definition definition, DropContainer container, FileRules rules) {
    BlobTrigger(Definition definition, DropContainer container) {
        this(definition, container, new FileRules(container.pattern(), container.rules()));
    }

    /** The containers that definitions name, by store and prefix. */
    static Map<String, List<BlobTrigger>> byLocation(Collection<Definition> definitions) {
        Map<String, List<BlobTrigger>> containers = new LinkedHashMap<>();
        for (Definition definition : definitions) {
            for (DropContainer container : definition.triggers().containers()) {
                containers
                        .computeIfAbsent(container.location(), location -> new ArrayList<>())
                        .add(new BlobTrigger(definition, container));
            }
        }
        return containers;
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

    /** The row of a blob that lies in its container. */
    static LyingFile row(
            String name,
            ListedBlob blob,
            @Nullable String definition,
            FileState state,
            @Nullable String reason,
            @Nullable String key) {
        Instant modified = blob.modified().truncatedTo(ChronoUnit.MICROS);
        return new LyingFile(name, definition, blob.bytes(), modified, state, reason, key, blob.etag());
    }
}
