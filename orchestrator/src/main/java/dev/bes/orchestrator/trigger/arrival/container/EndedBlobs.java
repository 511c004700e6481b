package dev.bes.orchestrator.trigger.arrival.container;

import dev.bes.orchestrator.definition.Definitions;
import dev.bes.orchestrator.definition.FileOptions;
import dev.bes.orchestrator.definition.FileOptions.ArchiveBy;
import dev.bes.orchestrator.definition.Triggers.DropContainer;
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
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Archives, deletes or leaves the blobs of ended runs. Those of failed runs always stay where they are. */
@Component
class EndedBlobs {
    private static final int SET = 500;
    private static final int MAX_NAMES = 9;
    /** The folder of the archive, below the prefix. */
    static final String ARCHIVE = "archive/";

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
    void putAway(FailureLog failures) {
        List<Processing> processing = ledger.processing();
        for (int from = 0; from < processing.size(); from += SET) {
            putAway(processing.subList(from, Math.min(from + SET, processing.size())), failures);
        }
    }

    private void putAway(List<Processing> processing, FailureLog failures) {
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
                    failures.failed(blob.folder(), "Putting away " + blob.folder() + blob.name(), e);
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
            return new End(blob.id(), "failed", failure(blob, state), null);
        }
        FileOptions options = definitions.find(blob.definition()).stream()
                .flatMap(definition -> definition.triggers().containers().stream())
                .filter(container -> container.location().equals(blob.folder()))
                .map(DropContainer::rules)
                .findFirst()
                .orElse(FileOptions.NONE);
        return switch (options.after()) {
            case ARCHIVE -> archive(blob, options.archiveBy());
            case DELETE ->
                new End(
                        blob.id(),
                        "deleted",
                        blobs.delete(blob.store(), blob.blob(), blob.version())
                                ? null
                                : "it was replaced or removed before it could be deleted",
                        null);
            case LEAVE -> new End(blob.id(), "left", null, null);
            case null -> new End(blob.id(), "left", null, null);
        };
    }

    /** Copies the version that was scored, and then deletes it and no newer one. After a crash in between the copy is found. */
    private End archive(Processing blob, @Nullable ArchiveBy by) {
        List<String> folders = by == null ? List.of() : by.folders(blob.at());
        String folder = blob.prefix()
                + ARCHIVE
                + folders.stream().map(part -> part + "/").collect(Collectors.joining());
        for (int n = 1; ; n++) {
            String target = folder + blob.run() + (n == 1 ? "-" : "-" + n + "-") + blob.name();
            try {
                if (!blobs.copy(blob.store(), blob.blob(), blob.version(), target)) {
                    return new End(
                            blob.id(), "deleted", "it was replaced or removed before it could be archived", null);
                }
                blobs.delete(blob.store(), blob.blob(), blob.version());
                return new End(blob.id(), "archive", null, blob.store() + "/" + target);
            } catch (RemoteException.Rejected e) {
                if (!e.code().equals("BlobExists") || n == MAX_NAMES) {
                    return new End(blob.id(), "left", "it could not be archived: " + e.getMessage(), null);
                }
            }
        }
    }

    private String failure(Processing blob, State state) {
        String cause = reader.find(blob.run()).map(RunView::cause).orElse(null);
        return "run %d %s".formatted(blob.run(), state == State.CANCELLED ? "was cancelled" : "has failed")
                + (cause == null ? "" : ": " + cause);
    }
}
