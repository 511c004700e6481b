package dev.bes.orchestrator.trigger.request;

import dev.bes.orchestrator.files.RegularFile;
import dev.bes.orchestrator.node.file.FileOperations;
import dev.bes.orchestrator.remote.RemoteException;
import dev.bes.orchestrator.remote.blob.BlobVersions;
import dev.bes.orchestrator.remote.blob.Blobs;
import dev.bes.orchestrator.run.InputSource;
import dev.bes.orchestrator.text.Sha256;
import dev.bes.orchestrator.text.VisibleText;
import dev.bes.orchestrator.trigger.RunRefusedException;
import dev.bes.orchestrator.trigger.request.RequestFile.RootFile;
import dev.bes.orchestrator.trigger.request.RequestFile.StoredBlob;
import dev.bes.orchestrator.trigger.request.RequestFile.Upload;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Keeps the files that come with requests: small ones with the run, in its transaction; large ones as blobs of our container, before
 * the run is accepted. Decision 0075.
 */
@Component
class RequestFiles {
    /** The largest file that is kept in a row. */
    static final int MAX_ROW_BYTES = 64 * 1024;

    /** Just below 512 KiB: four of them are the memory of an upload, and many callers upload at once. */
    private static final int BLOCK_BYTES = 512 * 1024 - 1024;

    private final Blobs blobs;
    private final BlobVersions versions;
    private final RequestBlobs rows;
    private final RootFiles roots;
    private final FileOperations work;

    RequestFiles(Blobs blobs, BlobVersions versions, RequestBlobs rows, RootFiles roots, FileOperations work) {
        this.blobs = blobs;
        this.versions = versions;
        this.rows = rows;
        this.roots = roots;
        this.work = work;
    }

    /**
     * The files of one request.
     *
     * @param sources where each is kept, by input name
     * @param hashes their SHA-256 by input name, in hex
     * @param contents the small files, to be accepted with the run
     */
    record Kept(Map<String, InputSource> sources, Map<String, String> hashes, Map<UUID, byte[]> contents) {
        private Kept() {
            this(new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>());
        }

        String hash(String input) {
            return Objects.requireNonNull(hashes.get(input));
        }
    }

    /**
     * Reads the files, and uploads the large ones.
     *
     * @param looks whether what the request only names is looked for: blobs, whose versions are kept, and files of roots, which
     *     are read
     * @throws RunRefusedException.NoInput if it is not there
     * @throws UncheckedIOException if a file can't be read
     * @throws RemoteException if a blob store can't be used
     */
    Kept keep(String definition, String occurrence, Map<String, ? extends RequestFile> sent, boolean looks) {
        Kept kept = new Kept();
        try {
            for (Map.Entry<String, ? extends RequestFile> file : sent.entrySet()) {
                switch (file.getValue()) {
                    case Upload upload -> keep(occurrence, file.getKey(), upload, kept);
                    case RootFile named -> keep(definition, occurrence, file.getKey(), named, looks, kept);
                    case StoredBlob blob -> keep(file.getKey(), blob, looks, kept);
                }
            }
            return kept;
        } catch (IOException e) {
            throw dropped(kept, new UncheckedIOException("The files of the request could not be read", e));
        } catch (RunRefusedException.NoInput e) {
            throw dropped(kept, e);
        }
    }

    private <E extends RuntimeException> E dropped(Kept kept, E failure) {
        try {
            drop(kept);
        } catch (RemoteException removal) {
            failure.addSuppressed(removal);
        }
        return failure;
    }

    private void keep(String input, StoredBlob blob, boolean looks, Kept kept) {
        String etag = looks ? work.away(() -> etag(input, blob)) : "";
        String name = blob.path().substring(blob.path().lastIndexOf('/') + 1);
        kept.sources.put(input, new InputSource.StoreBlob(blob.store(), blob.path(), etag, name));
        kept.hashes.put(input, Sha256.of(blob.store() + " " + blob.path()));
    }

    private String etag(String input, StoredBlob blob) {
        if (!versions.stores().contains(blob.store())) {
            throw new RunRefusedException.NoInput("Input '%s': there is no store '%s'; the stores are: %s"
                    .formatted(input, blob.store(), String.join(", ", versions.stores())));
        }
        try {
            return versions.etag(blob.store(), blob.path());
        } catch (RemoteException.NotFound e) {
            throw new RunRefusedException.NoInput(
                    "Input '%s': store '%s' has no blob '%s'".formatted(input, blob.store(), blob.path()));
        } catch (RemoteException.Rejected e) {
            throw new RunRefusedException.NoInput("Input '%s': %s".formatted(input, e.getMessage()));
        }
    }

    /** As an upload whose bytes are here already. A request is the same again if it names the same file. */
    private void keep(String definition, String occurrence, String input, RootFile file, boolean looks, Kept kept)
            throws IOException {
        String name = file.path().substring(file.path().lastIndexOf('/') + 1);
        if (looks) {
            try (RegularFile opened = roots.open(definition, input, file)) {
                keep(occurrence, input, new Upload(VisibleText.name(name), opened::stream), kept);
            }
        } else {
            kept.sources.put(input, new InputSource.OwnRow(UUID.randomUUID(), VisibleText.name(name)));
        }
        kept.hashes.put(input, Sha256.of(file.root() + " " + file.path()));
    }

    private void keep(String occurrence, String input, Upload upload, Kept kept) throws IOException {
        try (InputStream in = upload.content().open()) {
            byte[] head = in.readNBytes(MAX_ROW_BYTES + 1);
            if (head.length <= MAX_ROW_BYTES) {
                UUID row = UUID.randomUUID();
                kept.contents.put(row, head);
                kept.hashes.put(input, Sha256.of(head));
                kept.sources.put(input, new InputSource.OwnRow(row, upload.name()));
            } else {
                String blob = RequestBlobs.PREFIX + UUID.randomUUID() + ".csv";
                // first the row, so that the blob is purged if this node dies before the run is accepted
                work.away(() -> rows.insert(blob, occurrence));
                Uploaded uploaded = upload(blob, head, in);
                kept.hashes.put(input, uploaded.sha256);
                kept.sources.put(input, new InputSource.OwnBlob(blob, uploaded.etag, upload.name()));
            }
        }
    }

    private record Uploaded(String sha256, String etag) {}

    /** Uploads a file block by block. */
    private Uploaded upload(String path, byte[] head, InputStream in) throws IOException {
        Sha256 hash = new Sha256();
        try (Blobs.Upload upload = blobs.upload(path)) {
            byte[] block = Arrays.copyOf(head, BLOCK_BYTES);
            int filled = head.length + in.readNBytes(block, head.length, BLOCK_BYTES - head.length);
            while (filled > 0) {
                byte[] full = filled == BLOCK_BYTES ? block : Arrays.copyOf(block, filled);
                hash.add(full, 0, filled);
                byte[] free = work.away(() -> upload.add(full));
                block = free.length == BLOCK_BYTES ? free : new byte[BLOCK_BYTES];
                filled = in.readNBytes(block, 0, BLOCK_BYTES);
                work.moved();
            }
            String sha256 = hash.hex();
            return new Uploaded(sha256, work.away(() -> upload.commit(sha256)));
        }
    }

    /**
     * Removes the files of a request that started no run.
     *
     * @throws RemoteException if the blob store could not be reached; they are purged later
     */
    void drop(Kept kept) {
        kept.sources.values().forEach(source -> {
            if (source instanceof InputSource.OwnBlob blob) {
                work.away(() -> {
                    drop(blob.blob());
                    return true;
                });
            }
        });
    }

    /** Removes a blob. Its row goes last, so that an interrupted removal is found and repeated. */
    void drop(String path) {
        blobs.delete(path);
        rows.delete(path);
    }
}
