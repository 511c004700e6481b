package dev.bes.orchestrator.remote.blob.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.azure.storage.blob.BlobContainerClient;
import dev.bes.orchestrator.remote.RemoteException.NotFound;
import dev.bes.orchestrator.remote.RemoteException.Refused;
import dev.bes.orchestrator.remote.RemoteException.Rejected;
import dev.bes.orchestrator.remote.RemoteException.Unavailable;
import dev.bes.orchestrator.remote.blob.Blobs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class AzureBlobsTests {

    private static final int BLOCK = SharedAzurite.BLOCK;

    @TempDir
    private Path folder;

    private final BlobContainerClient container = SharedAzurite.container("c-" + UUID.randomUUID());
    private final Blobs blobs = new AzureBlobs(container, SharedAzurite.SETTING, BlobTimeouts.DEFAULT);

    private Path file(byte[] content) throws IOException {
        return Files.write(folder.resolve("in.csv"), content);
    }

    private static byte[] bytes(int size) {
        byte[] content = new byte[size];
        new Random(size).nextBytes(content);
        return content;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, BLOCK, BLOCK + 1, 3 * BLOCK + 7, 9 * BLOCK + 7})
    void bringsBackWhatItStaged(int size) {
        byte[] content = bytes(size);

        SharedAzurite.stage(blobs, "in/1/a.csv", content);
        long fetched = SharedAzurite.fetch(blobs, "in/1/a.csv", folder.resolve("out.csv"));

        assertThat(fetched).isEqualTo(size);
        assertThat(folder.resolve("out.csv")).hasBinaryContent(content);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2 * BLOCK})
    void bringsBackWhatItWroteLast(int size) {
        byte[] content = bytes(size);

        container.create();
        blobs.put("out/1/a.csv", bytes(50));
        blobs.put("out/1/a.csv", content);

        assertThat(SharedAzurite.fetch(blobs, "out/1/a.csv", folder.resolve("out.csv")))
                .isEqualTo(size);
        assertThat(folder.resolve("out.csv")).hasBinaryContent(content);
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 2 * BLOCK})
    void findsItsOwnWorkDone(int size) {
        byte[] content = bytes(size);

        SharedAzurite.stage(blobs, "in/1/a.csv", content);
        SharedAzurite.stage(blobs, "in/1/a.csv", content);

        assertThat(container.listBlobs()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 2 * BLOCK})
    void doesNotReplaceOtherContent(int size) {
        byte[] first = bytes(50);
        SharedAzurite.stage(blobs, "in/1/a.csv", first);
        byte[] second = bytes(size);

        Rejected rejected =
                catchThrowableOfType(Rejected.class, () -> SharedAzurite.stage(blobs, "in/1/a.csv", second));

        assertThat(rejected.code()).isEqualTo("BlobExists");
        assertThat(SharedAzurite.fetch(blobs, "in/1/a.csv", folder.resolve("out.csv")))
                .isEqualTo(50);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 7})
    void showsNothingOfWhatIsNotCommitted(int blocks) {
        container.create();
        try (Blobs.Upload upload = blobs.upload("in/1/a.csv")) {
            for (int block = 0; block < blocks; block++) {
                upload.add(bytes(BLOCK));
            }
        }

        assertThat(container.listBlobs()).isEmpty();
    }

    @Test
    void leavesNoFileForABlobThatIsNotThere() {
        container.create();

        assertThatThrownBy(() -> SharedAzurite.fetch(blobs, "out/1/a.csv", folder.resolve("out.csv")))
                .isInstanceOf(NotFound.class)
                .hasMessage("Blob store, fetching out/1/a.csv: 404 BlobNotFound");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void overwritesNoFile() throws IOException {
        byte[] content = bytes(10);
        Path file = file(content);
        SharedAzurite.stage(blobs, "in/1/a.csv", content);

        assertThatThrownBy(() -> SharedAzurite.fetch(blobs, "in/1/a.csv", file))
                .isInstanceOf(Unavailable.class)
                .hasMessageContaining("FileAlreadyExists");
        assertThat(file).hasBinaryContent(content);
    }

    @Test
    void namesThePropertyWhenTheKeyIsWrong() {
        String wrong = SharedAzurite.connectionString().replace("AccountKey=Eby8", "AccountKey=xxxx");
        Blobs refused = new AzureBlobs(
                SharedAzurite.container("c-wrong", wrong, BlobTimeouts.DEFAULT),
                SharedAzurite.SETTING,
                BlobTimeouts.DEFAULT);

        assertThatThrownBy(() -> SharedAzurite.stage(refused, "in/1/a.csv", bytes(10)))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("check orchestrator.blobs.connection-string")
                .hasMessageNotContaining("xxxx");
    }
}
