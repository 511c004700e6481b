package dev.bes.orchestrator.trigger.arrival.container;

import dev.bes.orchestrator.definition.Definitions;
import dev.bes.orchestrator.definition.FileOptions.After;
import dev.bes.orchestrator.remote.RemoteException;
import dev.bes.orchestrator.remote.blob.StoreBlobs;
import dev.bes.orchestrator.run.State;
import dev.bes.orchestrator.run.query.RunReader;
import dev.bes.orchestrator.run.query.RunView;
import dev.bes.orchestrator.trigger.arrival.container.BlobLedger.End;
import dev.bes.orchestrator.trigger.arrival.container.BlobLedger.Processing;
import dev.bes.orchestrator.trigger.arrival.ledger.TakenVersions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Deletes or leaves the blobs of ended runs. Those of failed runs always stay where they are. */
@Component
class EndedBlobs {
    private static final Logger LOG = LoggerFactory.getLogger(EndedBlobs.class);
    private static final int SET = 500;

    private final BlobLedger ledger;
    private final TakenVersions versions;
    private final RunReader reader;
    private final Definitions definitions;
    private final StoreBlobs blobs;

    EndedBlobs(BlobLedger ledger, TakenVersions versions, RunReader reader, Definitions definitions, StoreBlobs blobs) {
        this.ledger = ledger;
        this.versions = versions;
        this.reader = reader;
        this.definitions = definitions;
        this.blobs = blobs;
    }

    /** Records what becomes of the blobs whose runs have ended. */
    void putAway() {
        List<Processing> processing = ledger.processing();
        for (int from = 0; from < processing.size(); from += SET) {
            putAway(processing.subList(from, Math.min(from + SET, processing.size())));
        }
    }

    private void putAway(List<Processing> processing) {
        Map<Long, State> ended =
                reader.ended(processing.stream().map(Processing::run).distinct().toList());
        List<Processing> over = new ArrayList<>();
        List<End> ends = new ArrayList<>();
        for (Processing blob : processing) {
            State state = ended.get(blob.run());
            if (state != null) {
                try {
                    ends.add(end(blob, state));
                    over.add(blob);
                } catch (RemoteException e) {
                    LOG.warn("A scored blob is not deleted yet, it is tried again: {}", e.getMessage());
                }
            }
        }
        if (!ends.isEmpty()) {
            ledger.end(ends);
            over.stream()
                    .collect(Collectors.groupingBy(
                            Processing::folder, Collectors.mapping(Processing::name, Collectors.toSet())))
                    .forEach(versions::releaseOlder);
        }
    }

    private End end(Processing blob, State state) {
        if (state != State.FINISHED) {
            return new End(blob.id(), "failed", failure(blob, state));
        }
        if (!isDeleted(blob)) {
            return new End(blob.id(), "left", null);
        }
        String path = blob.folder().substring(blob.store().length() + 1) + blob.name();
        return new End(
                blob.id(),
                "deleted",
                blobs.delete(blob.store(), path, blob.version())
                        ? null
                        : "it was replaced or removed before it could be deleted");
    }

    private boolean isDeleted(Processing blob) {
        return definitions.find(blob.definition()).stream()
                .flatMap(definition -> definition.triggers().containers().stream())
                .anyMatch(container -> container.location().equals(blob.folder())
                        && container.rules().after() == After.DELETE);
    }

    private String failure(Processing blob, State state) {
        String cause = reader.find(blob.run()).map(RunView::cause).orElse(null);
        return "run %d %s".formatted(blob.run(), state == State.CANCELLED ? "was cancelled" : "has failed")
                + (cause == null ? "" : ": " + cause);
    }
}
