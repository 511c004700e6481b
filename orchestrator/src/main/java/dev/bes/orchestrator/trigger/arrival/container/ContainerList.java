package dev.bes.orchestrator.trigger.arrival.container;

import dev.bes.orchestrator.definition.Triggers.DropContainer;
import dev.bes.orchestrator.remote.blob.StoreBlobs;
import dev.bes.orchestrator.remote.blob.StoreBlobs.ListedBlob;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Lists the blobs of a container whose names the ledger can hold. */
@Component
class ContainerList {
    private static final Logger LOG = LoggerFactory.getLogger(ContainerList.class);
    /** Longer names do not fit into an index. */
    private static final int MAX_NAME_BYTES = 1_000;

    private final StoreBlobs blobs;

    ContainerList(StoreBlobs blobs) {
        this.blobs = blobs;
    }

    /** The blobs and folders of a container, by their paths without the prefix. */
    Map<String, ListedBlob> of(DropContainer container) {
        Map<String, ListedBlob> byName = new LinkedHashMap<>();
        blobs.list(container.store(), container.prefix(), blob -> {
            String name = blob.path().substring(container.prefix().length());
            if (name.isEmpty() || name.indexOf(0) >= 0) {
                LOG.debug("{} is no blob", blob.path());
            } else if (name.getBytes(StandardCharsets.UTF_8).length > MAX_NAME_BYTES) {
                LOG.debug("{} has a name of more than {} bytes", blob.path(), MAX_NAME_BYTES);
            } else {
                byName.put(name, blob);
            }
        });
        return byName;
    }
}
