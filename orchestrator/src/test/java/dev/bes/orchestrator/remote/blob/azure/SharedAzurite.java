package dev.bes.orchestrator.remote.blob.azure;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.azure.storage.blob.BlobContainerClient;
import dev.bes.orchestrator.remote.Secret;
import dev.bes.orchestrator.remote.blob.Blobs;
import dev.bes.orchestrator.remote.settings.BlobSettings;
import dev.bes.orchestrator.text.Sha256;
import dev.bes.sandbox.blob.Azurite;
import dev.bes.sandbox.blob.AzuriteFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import org.slf4j.LoggerFactory;

/** One Azurite for all tests of this package; it ends with the process. */
final class SharedAzurite {

    static final BlobTimeouts IMPATIENT = new BlobTimeouts(1, Duration.ofSeconds(1), Duration.ofSeconds(2), 1_000_000);

    static final int BLOCK = 4 * 1024 * 1024;

    /** The setting that messages name. */
    static final String SETTING = "orchestrator.blobs.connection-string";

    private static final Azurite AZURITE = start();

    private SharedAzurite() {}

    static String connectionString() {
        return AZURITE.connectionString();
    }

    static BlobContainerClient container(String name) {
        return container(name, connectionString(), BlobTimeouts.DEFAULT);
    }

    static BlobContainerClient container(String name, String connectionString, BlobTimeouts blobTimeouts) {
        BlobSettings settings = new BlobSettings(new Secret(connectionString), null, name, Map.of());
        return BlobClients.store(settings.account(), blobTimeouts).getBlobContainerClient(name);
    }

    /** Uploads in blocks of 4 MiB, in the arrays that are given back as soon as they are. */
    static void stage(Blobs blobs, String path, byte[] content) {
        try (Blobs.Upload upload = blobs.upload(path)) {
            byte[] free = {};
            for (int at = 0; at < content.length; at += BLOCK) {
                int length = Math.min(content.length - at, BLOCK);
                byte[] block = free.length == length ? free : new byte[length];
                System.arraycopy(content, at, block, 0, length);
                free = upload.add(block);
            }
            upload.commit(sha256(content));
        }
    }

    /** Downloads into a new file. */
    static long fetch(Blobs blobs, String path, Path file) {
        return blobs.fetch(
                path, () -> Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
    }

    static String sha256(byte[] content) {
        return Sha256.of(content);
    }

    private static Azurite start() {
        // the client tells every header that it leaves out, and every error twice
        ((Logger) LoggerFactory.getLogger("com.azure")).setLevel(Level.OFF);
        try {
            Path data = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "azurite");
            return Azurite.start(AzuriteFolder.find(null), data, 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
