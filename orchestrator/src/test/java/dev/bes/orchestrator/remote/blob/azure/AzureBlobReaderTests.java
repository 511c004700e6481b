package dev.bes.orchestrator.remote.blob.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.util.BinaryData;
import com.azure.storage.blob.BlobContainerClient;
import dev.bes.orchestrator.remote.RemoteException.Changed;
import dev.bes.orchestrator.remote.RemoteException.NotFound;
import dev.bes.orchestrator.remote.RemoteException.Refused;
import dev.bes.orchestrator.remote.RemoteException.Rejected;
import dev.bes.orchestrator.remote.blob.BlobReader;
import dev.bes.orchestrator.remote.blob.BlobReader.Content;
import dev.bes.orchestrator.remote.blob.azure.AzureBlobReader.Source;
import dev.bes.orchestrator.remote.settings.StoreSettings;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AzureBlobReaderTests {
    private static final int PIECE = 4 * 1024 * 1024;
    private static final String PATH = "orders/day 1.csv";

    private final BlobContainerClient ours = SharedAzurite.container("c-" + UUID.randomUUID());
    private final BlobContainerClient theirs = SharedAzurite.container("c-" + UUID.randomUUID());
    private final BlobStoreHealth health = new BlobStoreHealth(InstantSource.system());
    private final BlobReader reader = reader(theirs);

    @BeforeEach
    void create() {
        ours.create();
        theirs.create();
    }

    private BlobReader reader(BlobContainerClient lake) {
        return new AzureBlobReader(
                new Source(ours, SharedAzurite.SETTING, health),
                Map.of("lake", new Source(lake, StoreSettings.prefixOf("lake") + "connection-string", null)),
                BlobTimeouts.DEFAULT);
    }

    private static byte[] bytes(int size) {
        byte[] content = new byte[size];
        new Random(size).nextBytes(content);
        return content;
    }

    private static String put(BlobContainerClient container, byte[] content) {
        container.getBlobClient(PATH).upload(BinaryData.fromBytes(content), true);
        return container.getBlobClient(PATH).getProperties().getETag();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, PIECE, 2 * PIECE + 7})
    void readsTheBytesOfABlob(int size) throws IOException {
        byte[] content = bytes(size);

        try (Content opened = reader.open(null, PATH, put(ours, content))) {
            assertThat(opened.bytes()).isEqualTo(size);
            assertThat(opened.stream().readAllBytes()).isEqualTo(content);
            assertThat(opened.stream().read()).as("after the last byte").isNegative();
        }
    }

    @Test
    void readsFromTheStoreThatIsNamed() throws IOException {
        put(ours, bytes(3));
        byte[] content = bytes(5);

        try (Content opened = reader.open("lake", PATH, put(theirs, content))) {
            assertThat(opened.stream().readAllBytes()).isEqualTo(content);
        }
    }

    @Test
    void opensNoOtherVersion() {
        String before = put(ours, bytes(3));
        String now = put(ours, bytes(4));

        assertThatThrownBy(() -> reader.open(null, PATH, before))
                .isInstanceOf(Changed.class)
                .hasMessage("Blob store, reading orders/day 1.csv: the blob was replaced; its version is " + now
                        + " now, not " + before);
    }

    @Test
    void readsNothingOfAVersionThatCameMeanwhile() throws IOException {
        try (Content opened = reader.open(null, PATH, put(ours, bytes(3 * PIECE)))) {
            assertThat(opened.stream().readNBytes(PIECE)).hasSize(PIECE);
            put(ours, bytes(3 * PIECE + 1));

            assertThatThrownBy(() -> opened.stream().readAllBytes()).isInstanceOf(Changed.class);
        }
    }

    @Test
    void saysWhichBlobIsNotThere() {
        assertThatThrownBy(() -> reader.open(null, PATH, "\"0x1\""))
                .isInstanceOf(NotFound.class)
                .hasMessage("Blob store, reading orders/day 1.csv: 404 BlobNotFound");
        assertThatThrownBy(() -> reader.open("lake", PATH, "\"0x1\""))
                .hasMessage("Blob store, reading store lake, orders/day 1.csv: 404 BlobNotFound");
    }

    @Test
    void namesTheSettingOfAStoreThatIsMissingOrHasTheWrongKey() {
        assertThatThrownBy(() -> reader.open("sea", PATH, "\"0x1\""))
                .isInstanceOf(Refused.class)
                .hasMessage(
                        "The blob store 'sea' is not configured on this node: set orchestrator.blobs.stores.sea.connection-string or .account-url");

        String wrong = SharedAzurite.connectionString().replace("AccountKey=Eby8", "AccountKey=xxxx");
        BlobReader refused =
                reader(SharedAzurite.container(theirs.getBlobContainerName(), wrong, BlobTimeouts.DEFAULT));
        assertThatThrownBy(() -> refused.open("lake", PATH, "\"0x1\""))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("check orchestrator.blobs.stores.lake.connection-string");
        health.rejectIfRecentlyRefused();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "..", "../other/a.csv", "in/../../other/a.csv", "in/./a.csv", "in\\..\\a.csv", "a\u0000.csv"
            })
    void asksForNothingThatCouldLieOutsideOfTheContainer(String path) {
        assertThatThrownBy(() -> reader.open(null, path, "\"0x1\""))
                .isInstanceOf(Rejected.class)
                .hasMessageEndingWith("' is not a path in a container; the blob is not read");
    }
}
