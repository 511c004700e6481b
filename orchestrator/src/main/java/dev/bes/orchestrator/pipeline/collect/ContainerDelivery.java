package dev.bes.orchestrator.pipeline.collect;

import dev.bes.orchestrator.definition.Delivery;
import dev.bes.orchestrator.node.file.FileThreads;
import dev.bes.orchestrator.node.file.FileThreads.Use;
import dev.bes.orchestrator.pipeline.collect.OutputDelivery.TemporaryFile;
import dev.bes.orchestrator.remote.RemoteException;
import dev.bes.orchestrator.remote.RemoteException.By;
import dev.bes.orchestrator.remote.blob.Blobs;
import dev.bes.orchestrator.remote.blob.StoreBlobs;
import dev.bes.orchestrator.run.Claim;
import dev.bes.orchestrator.run.DeliveredOutput;
import dev.bes.orchestrator.text.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Puts checked outputs into a container, besides the delivery folder; {@link StreamedDelivery} does so in its place. It does so
 * before the folder gets its files and before the move is committed: after a crash the same content is found under its name, and
 * nothing is put twice. Nothing is replaced.
 */
@Component
public class ContainerDelivery {
    private static final Logger LOG = LoggerFactory.getLogger(ContainerDelivery.class);
    private static final int BLOCK = 4 * 1024 * 1024;
    private static final int MAX_NAMES = 9;
    private static final int MAX_UNCOMMITTED = 10_000;

    private final StoreBlobs stores;
    private final FileThreads files;
    // blobs of scorings whose move is not committed yet
    private final Map<Long, List<Put>> uncommitted = new ConcurrentHashMap<>();

    public ContainerDelivery(StoreBlobs stores, FileThreads files) {
        this.stores = stores;
        this.files = files;
    }

    /** A blob that was put. */
    record Put(String store, String path, String etag) {}

    /**
     * The path of an output.
     *
     * @param name name of its file
     * @param n which name is tried, from 1
     */
    static String path(Claim claim, Delivery.Container container, String name, int n) {
        String stem = container.prefix() + claim.delivery() + "/" + name.substring(0, name.length() - ".csv".length());
        return n == 1 ? stem + ".csv" : stem + "-" + n + ".csv";
    }

    /** Remembers a blob whose scoring is not committed yet. */
    void remember(Claim claim, Put put) {
        if (uncommitted.size() > MAX_UNCOMMITTED) {
            // after a long database outage: these blobs stay, even if their scorings are cancelled
            uncommitted.clear();
        }
        uncommitted
                .computeIfAbsent(claim.scoring(), scoring -> new ArrayList<>())
                .add(put);
    }

    /** Whether a path is taken by another content, and the next one may be tried. */
    static boolean isTaken(RemoteException.Rejected refusal, int n) {
        return refusal.code().equals("BlobExists") && n < MAX_NAMES;
    }

    /** It is the container that is not found, and not the output. */
    static RemoteException noContainer(RemoteException.NotFound e) {
        return new RemoteException.Unavailable(By.STORE, String.valueOf(e.getMessage()));
    }

    /**
     * Uploads complete and valid files. A blob of the same content is an earlier delivery, whose commit failed.
     *
     * @return store and path of each blob, by output; empty if the definition names no container
     * @throws RemoteException if the store does not take one of them now
     * @throws IOException if a file can't be read
     */
    Map<String, String> deliver(Claim claim, Map<String, TemporaryFile> temporary, Map<String, DeliveredOutput> outputs)
            throws IOException {
        Delivery.Container container = claim.definition().delivery().container();
        if (container == null) {
            return Map.of();
        }
        Map<String, String> locations = new LinkedHashMap<>();
        for (Map.Entry<String, TemporaryFile> file : temporary.entrySet()) {
            String sha256 = Objects.requireNonNull(outputs.get(file.getKey())).sha256();
            Put put = put(claim, container, file.getValue(), sha256);
            remember(claim, put);
            locations.put(file.getKey(), put.store + "/" + put.path);
        }
        return locations;
    }

    /** Uploads to the path, or to the first one beside it at which no other content lies. */
    private Put put(Claim claim, Delivery.Container container, TemporaryFile file, String sha256) throws IOException {
        for (int n = 1; ; n++) {
            String path = path(claim, container, String.valueOf(file.target().getFileName()), n);
            try {
                return new Put(container.store(), path, upload(container.store(), path, file.path(), sha256));
            } catch (RemoteException.Rejected e) {
                if (!isTaken(e, n)) {
                    throw e;
                }
            } catch (RemoteException.NotFound e) {
                throw noContainer(e);
            }
        }
    }

    private String upload(String store, String path, Path file, String sha256) throws IOException {
        return files.call(Use.DELIVERY, "Uploading " + file + " to store " + store, () -> {
            Sha256 hash = new Sha256();
            try (InputStream in = Files.newInputStream(file);
                    Blobs.Upload upload = stores.upload(store, path)) {
                for (byte[] block = in.readNBytes(BLOCK); block.length > 0; block = in.readNBytes(BLOCK)) {
                    byte[] next = block;
                    hash.add(next, 0, next.length);
                    files.away(() -> upload.add(next));
                }
                if (!hash.hex().equals(sha256)) {
                    throw new IOException("An output was changed on disk after it was checked: " + file);
                }
                return files.away(() -> upload.commit(sha256));
            }
        });
    }

    /** Forgets the blobs of a scoring: they are committed, or another node delivers them. */
    void forget(Claim claim) {
        uncommitted.remove(claim.scoring());
    }

    /** Deletes the blobs that this node has just put for a scoring that was cancelled. */
    void withdraw(Claim claim) {
        List<Put> fresh = uncommitted.remove(claim.scoring());
        for (Put put : fresh == null ? List.<Put>of() : fresh) {
            try {
                stores.delete(put.store, put.path, put.etag);
            } catch (RemoteException e) {
                LOG.warn("A blob that is not delivered could not be removed: {}", e.getMessage());
            }
        }
    }
}
