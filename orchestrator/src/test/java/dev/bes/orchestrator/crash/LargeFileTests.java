package dev.bes.orchestrator.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobContainerClientBuilder;
import dev.bes.orchestrator.TestEnvironment;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file much larger than the memory of the node that takes, checks, uploads, fetches, checks and delivers it. */
@Tag("slow")
class LargeFileTests {
    // a node at rest holds 46 MB: classes of Spring, its sessions, meters and traces included
    private static final int HEAP_MEGABYTES = 95;
    private static final int YOUNG_MEGABYTES = 30;
    private static final int FILE_MEGABYTES = 4 * HEAP_MEGABYTES;
    private static final int ROWS_PER_MEGABYTE = 1024;

    @TempDir
    Path folder;

    @Test
    void isScoredOnANodeOfLittleMemory() throws IOException {
        goesThrough("large-file", (installation, file) -> {});
    }

    @Test
    void isScoredOnANodeOfLittleMemoryFromABlob() throws IOException {
        goesThrough("large-blob", LargeFileTests::takeFromBlob);
    }

    /** Puts the file into the store, and lets the run that is asked for read it from there. */
    private static void takeFromBlob(Installation installation, Path file) {
        BlobContainerClient container = new BlobContainerClientBuilder()
                .connectionString(TestEnvironment.sandbox().blobConnectionString())
                .containerName(installation.container)
                .buildClient();
        container.createIfNotExists();
        BlobClient blob = container.getBlobClient("given/large.csv");
        blob.uploadFromFile(file.toString());
        installation.jdbc.sql("""
                CREATE FUNCTION from_blob() RETURNS trigger LANGUAGE plpgsql AS $f$ BEGIN
                    NEW.inputs = json_build_object('input1', json_build_object(
                        'blob', 'given/large.csv', 'etag', '%s', 'name', 'large.csv'));
                    RETURN NEW;
                END $f$""".formatted(blob.getProperties().getETag())).update();
        installation
                .jdbc
                .sql("CREATE TRIGGER from_blob BEFORE INSERT ON scoring FOR EACH ROW EXECUTE FUNCTION from_blob()")
                .update();
    }

    private void goesThrough(String container, BiConsumer<Installation, Path> before) throws IOException {
        try (CopyingService service =
                        new CopyingService(TestEnvironment.sandbox().blobConnectionString());
                Installation installation = new Installation(NodeProgram.shared(), folder, container)) {
            installation
                    .with("orchestrator.endpoints.copy.url", service.url())
                    .with("orchestrator.endpoints.copy.service-key", "none")
                    .definition("large", "copy", "");
            Path file = write(Files.createDirectories(folder.resolve("definitions/data/large"))
                    .resolve("large.csv"));
            NodeProcess node = installation
                    .start("-Xmx" + HEAP_MEGABYTES + "m", "-Xmn" + YOUNG_MEGABYTES + "m", "-XX:TieredStopAtLevel=4")
                    .awaitReady();
            before.accept(installation, file);
            long begin = System.nanoTime();

            long run = new RetryingCallers(installation).request("large");
            await().atMost(Duration.ofMinutes(3))
                    .until(() -> !node.isAlive() || !delivered().isEmpty());

            assertThat(node.isAlive()).as(node::said).isTrue();
            installation.awaitEnd(run);
            System.out.printf(
                    "%d MB went through a heap of %d MB in %d ms%n",
                    FILE_MEGABYTES,
                    HEAP_MEGABYTES,
                    Duration.ofNanos(System.nanoTime() - begin).toMillis());
            assertThat(delivered())
                    .singleElement()
                    .satisfies(
                            output -> assertThat(Files.mismatch(output, file)).isEqualTo(-1));
            assertThat(installation
                            .jdbc
                            .sql("SELECT outputs -> 'output1' ->> 'rows' FROM attempt")
                            .query(Integer.class)
                            .single())
                    .isEqualTo(FILE_MEGABYTES * ROWS_PER_MEGABYTE);
        }
    }

    private List<Path> delivered() throws IOException {
        Path root = folder.resolve("delivered");
        if (!Files.exists(root)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(f -> f.getFileName().toString().endsWith(".csv"))
                    .toList();
        }
    }

    private static Path write(Path file) throws IOException {
        byte[] rows = ("This is a good day,".concat("x".repeat(1003)) + "," + "\n")
                .repeat(ROWS_PER_MEGABYTE)
                .getBytes(StandardCharsets.UTF_8);
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write("text,filler,empty\n".getBytes(StandardCharsets.UTF_8));
            for (int megabyte = 0; megabyte < FILE_MEGABYTES; megabyte++) {
                out.write(rows);
            }
        }
        return file;
    }
}
