package dev.bes.sandbox;

import dev.bes.sandbox.blob.Azurite;
import dev.bes.sandbox.blob.AzuriteFolder;
import dev.bes.sandbox.counters.CounterFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The sandbox's files and its blob store.
 *
 * @param management the file of users and subscriptions
 * @param certificate the file of the certificate for TLS
 * @param temporary folder to remove at the end; null if the sandbox did not create one
 */
record SandboxStorage(
        Path journal,
        Path management,
        Path certificate,
        CounterFile counters,
        String blobConnectionString,
        @Nullable Azurite azurite,
        @Nullable Path temporary)
        implements AutoCloseable {

    static SandboxStorage open(SandboxOptions options) {
        Path temporary = options.data() == null ? temporaryFolder() : null;
        Path data = Objects.requireNonNullElse(options.data(), temporary);
        Path journal = Objects.requireNonNullElseGet(options.journal(), () -> data.resolve("journal.jsonl"));
        Path management = data.resolve("management.json");
        Path certificate = data.resolve("certificate.pem");
        CounterFile counters = CounterFile.open(data.resolve("counters.mv"));
        String given = options.blobConnectionString();
        if (given != null) {
            return new SandboxStorage(journal, management, certificate, counters, given, null, temporary);
        }
        try {
            Azurite azurite = Azurite.start(
                    AzuriteFolder.find(options.azurite()),
                    data.resolve("blobs"),
                    options.ports().blob());
            return new SandboxStorage(
                    journal, management, certificate, counters, azurite.connectionString(), azurite, temporary);
        } catch (RuntimeException e) {
            counters.close();
            throw e;
        }
    }

    @Override
    public void close() {
        counters.close();
        if (azurite != null) {
            azurite.close();
        }
        if (temporary != null) {
            remove(temporary);
        }
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("sandbox-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void remove(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
