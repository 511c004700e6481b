package dev.bes.orchestrator.remote.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.azure.storage.blob.BlobContainerClient;
import dev.bes.orchestrator.remote.Blobs;
import dev.bes.orchestrator.remote.Blobs.Fetched;
import dev.bes.orchestrator.remote.RemoteException.NotFound;
import dev.bes.orchestrator.remote.RemoteException.Refused;
import dev.bes.orchestrator.remote.RemoteException.Rejected;
import dev.bes.orchestrator.remote.RemoteException.Unavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AzureBlobsTests {

    private static final int BLOCK = 4 * 1024 * 1024;

    @TempDir
    private Path folder;

    private final BlobContainerClient container = Store.container("c-" + UUID.randomUUID());
    private final Blobs blobs = new AzureBlobs(container, Patience.USUAL);

    private Path file(byte[] content) throws IOException {
        return Files.write(folder.resolve("in.csv"), content);
    }

    private static byte[] bytes(int size) {
        byte[] content = new byte[size];
        new Random(size).nextBytes(content);
        return content;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, BLOCK, BLOCK + 1, 3 * BLOCK + 7})
    void bringsBackWhatItStaged(int size) throws IOException {
        byte[] content = bytes(size);
        String sha256 = Store.sha256(content);

        blobs.stage("in/1/a.csv", file(content), sha256);
        Fetched fetched = blobs.fetch("in/1/a.csv", folder.resolve("out.csv"));

        assertThat(fetched).isEqualTo(new Fetched(size, sha256));
        assertThat(folder.resolve("out.csv")).hasBinaryContent(content);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2 * BLOCK})
    void bringsBackWhatItWroteLast(int size) {
        byte[] content = bytes(size);

        container.create();
        blobs.put("out/1/a.csv", bytes(50));
        blobs.put("out/1/a.csv", content);

        assertThat(blobs.fetch("out/1/a.csv", folder.resolve("out.csv")))
                .isEqualTo(new Fetched(size, Store.sha256(content)));
        assertThat(folder.resolve("out.csv")).hasBinaryContent(content);
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 2 * BLOCK})
    void findsItsOwnWorkDone(int size) throws IOException {
        byte[] content = bytes(size);

        blobs.stage("in/1/a.csv", file(content), Store.sha256(content));
        blobs.stage("in/1/a.csv", file(content), Store.sha256(content));

        assertThat(container.listBlobs()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 2 * BLOCK})
    void doesNotReplaceOtherContent(int size) throws IOException {
        byte[] first = bytes(50);
        blobs.stage("in/1/a.csv", file(first), Store.sha256(first));
        byte[] second = bytes(size);
        Path file = file(second);

        Rejected rejected =
                catchThrowableOfType(Rejected.class, () -> blobs.stage("in/1/a.csv", file, Store.sha256(second)));

        assertThat(rejected.code()).isEqualTo("BlobExists");
        assertThat(blobs.fetch("in/1/a.csv", folder.resolve("out.csv")).bytes()).isEqualTo(50);
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 2 * BLOCK})
    void showsNothingOfAFileThatHasChanged(int size) throws IOException {
        byte[] content = bytes(size);
        String sha256 = Store.sha256(content);
        content[size / 2]++;
        Path file = file(content);

        Rejected rejected = catchThrowableOfType(Rejected.class, () -> blobs.stage("in/1/a.csv", file, sha256));

        assertThat(rejected.code()).isEqualTo("InputChanged");
        assertThatThrownBy(() -> blobs.fetch("in/1/a.csv", folder.resolve("out.csv")))
                .isInstanceOf(NotFound.class);
    }

    @Test
    void saysWhichFileIsGone() {
        Path gone = folder.resolve("gone.csv");

        Rejected rejected = catchThrowableOfType(Rejected.class, () -> blobs.stage("in/1/a.csv", gone, "00"));

        assertThat(rejected.code()).isEqualTo("InputMissing");
        assertThat(rejected).hasMessageContaining("gone.csv is no longer there");
    }

    @Test
    void leavesNoFileForABlobThatIsNotThere() {
        container.create();

        assertThatThrownBy(() -> blobs.fetch("out/1/a.csv", folder.resolve("out.csv")))
                .isInstanceOf(NotFound.class)
                .hasMessage("Blob store, fetching out/1/a.csv: 404 BlobNotFound");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void overwritesNoFile() throws IOException {
        byte[] content = bytes(10);
        Path file = file(content);
        blobs.stage("in/1/a.csv", file, Store.sha256(content));

        assertThatThrownBy(() -> blobs.fetch("in/1/a.csv", file))
                .isInstanceOf(Unavailable.class)
                .hasMessageContaining("FileAlreadyExists");
        assertThat(file).hasBinaryContent(content);
    }

    @Test
    void namesThePropertyWhenTheKeyIsWrong() throws IOException {
        String wrong = Store.connectionString().replace("AccountKey=Eby8", "AccountKey=xxxx");
        Blobs refused = new AzureBlobs(Store.container("c-wrong", wrong, Patience.USUAL), Patience.USUAL);
        Path file = file(bytes(10));

        assertThatThrownBy(() -> refused.stage("in/1/a.csv", file, Store.sha256(bytes(10))))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("check orchestrator.blobs.connection-string")
                .hasMessageNotContaining("xxxx");
    }
}
