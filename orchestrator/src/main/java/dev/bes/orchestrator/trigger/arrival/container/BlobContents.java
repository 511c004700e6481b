package dev.bes.orchestrator.trigger.arrival.container;

import dev.bes.orchestrator.definition.FileOptions.Duplicates;
import dev.bes.orchestrator.remote.RemoteException;
import dev.bes.orchestrator.remote.blob.BlobReader;
import dev.bes.orchestrator.text.Sha256;
import dev.bes.orchestrator.trigger.arrival.container.BlobTrigger.Ready;
import dev.bes.orchestrator.trigger.arrival.ledger.DuplicateFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Compares the contents of blobs, for definitions that do not score a content twice. */
@Component
class BlobContents {
    private static final Logger LOG = LoggerFactory.getLogger(BlobContents.class);

    private final DuplicateFiles duplicateFiles;
    private final BlobReader reader;

    BlobContents(DuplicateFiles duplicateFiles, BlobReader reader) {
        this.duplicateFiles = duplicateFiles;
        this.reader = reader;
    }

    /** Why a blob is not scored; empty if it is. */
    Optional<String> duplicate(Ready ready, String sha256, Set<String> known) {
        if (sha256.isEmpty()) {
            return Optional.empty();
        }
        boolean anyName = ready.trigger().container().rules().duplicates() == Duplicates.ONCE;
        if (anyName && !known.add(sha256)) {
            return Optional.of("another blob of its group has the same content ('duplicates')");
        }
        return duplicateFiles.earlier(
                ready.trigger().definition().name(),
                ready.trigger().container().location(),
                anyName ? null : ready.name(),
                sha256);
    }

    /** The hashes of the contents by name, if duplicates are looked for. A version that is no longer there has none. */
    Map<String, String> hashes(BlobTrigger trigger, List<Ready> blobs) {
        Duplicates duplicates = trigger.container().rules().duplicates();
        if (duplicates == null || duplicates == Duplicates.ALWAYS) {
            return Map.of();
        }
        Map<String, String> hashes = new LinkedHashMap<>();
        for (Ready ready : blobs) {
            try {
                hashes.put(ready.name(), sha256(ready));
            } catch (RemoteException.Changed | RemoteException.NotFound e) {
                LOG.debug("{}: {}", ready.name(), e.getMessage());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return hashes;
    }

    private String sha256(Ready ready) throws IOException {
        Sha256 hash = new Sha256();
        try (BlobReader.Content content = reader.open(
                ready.trigger().container().store(),
                ready.blob().path(),
                ready.blob().etag())) {
            InputStream in = content.stream();
            byte[] block = new byte[1024 * 1024];
            for (int read = in.read(block); read >= 0; read = in.read(block)) {
                hash.add(block, 0, read);
            }
        }
        return hash.hex();
    }
}
