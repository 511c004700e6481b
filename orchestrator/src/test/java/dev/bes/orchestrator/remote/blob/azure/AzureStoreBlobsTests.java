package dev.bes.orchestrator.remote.blob.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.util.BinaryData;
import com.azure.storage.blob.BlobContainerClient;
import dev.bes.orchestrator.remote.RemoteException.Refused;
import dev.bes.orchestrator.remote.RemoteException.Rejected;
import dev.bes.orchestrator.remote.blob.StoreBlobs;
import dev.bes.orchestrator.remote.blob.StoreBlobs.Kind;
import dev.bes.orchestrator.remote.blob.StoreBlobs.ListedBlob;
import dev.bes.orchestrator.remote.blob.azure.AzureBlobReader.Source;
import dev.bes.orchestrator.remote.settings.StoreSettings;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Lists and deletes against Azurite. */
class AzureStoreBlobsTests {
    private final BlobContainerClient lake = SharedAzurite.container("c-" + UUID.randomUUID());
    private final Map<String, Source> stores =
            Map.of("lake", new Source(lake, StoreSettings.prefixOf("lake") + "connection-string", null));
    private final StoreBlobs blobs = new AzureStoreBlobs(stores, BlobTimeouts.DEFAULT);

    @BeforeEach
    void create() {
        lake.create();
    }

    private String put(String path, String content) {
        lake.getBlobClient(path).upload(BinaryData.fromString(content), true);
        return lake.getBlobClient(path).getProperties().getETag();
    }

    private List<ListedBlob> list(String prefix) {
        List<ListedBlob> all = new ArrayList<>();
        blobs.list("lake", prefix, all::add);
        return all;
    }

    @Test
    void listsTheBlobsUnderAPrefixAndTheFoldersBesideThem() {
        String etag = put("in/day 1.csv", "text\n");
        put("in/sub/other.csv", "text\n");
        put("inside.csv", "text\n");
        lake.getBlobClient("in/log.csv").getAppendBlobClient().create();

        List<ListedBlob> listed = list("in/");

        assertThat(listed)
                .extracting(ListedBlob::path)
                .containsExactlyInAnyOrder("in/day 1.csv", "in/log.csv", "in/sub/");
        assertThat(listed)
                .filteredOn(blob -> blob.path().equals("in/day 1.csv"))
                .singleElement()
                .satisfies(blob -> {
                    assertThat(blob.etag()).as("as a reader names it").isEqualTo(etag);
                    assertThat(blob.bytes()).isEqualTo(5);
                    assertThat(blob.kind()).isEqualTo(Kind.BLOCK);
                    assertThat(blob.modified())
                            .isEqualTo(lake.getBlobClient("in/day 1.csv")
                                    .getProperties()
                                    .getLastModified()
                                    .toInstant());
                });
        assertThat(listed)
                .filteredOn(blob -> blob.path().equals("in/log.csv"))
                .extracting(ListedBlob::kind)
                .containsExactly(Kind.GROWING);
    }

    @Test
    void readsTheVersionThatItListed() throws Exception {
        put("in/day.csv", "text\n");
        String etag = list("in/").getFirst().etag();

        try (var content = new AzureBlobReader(
                        new Source(lake, SharedAzurite.SETTING, null), stores, BlobTimeouts.DEFAULT)
                .open("lake", "in/day.csv", etag)) {
            assertThat(content.stream().readAllBytes()).hasSize(5);
        }
    }

    @Test
    void deletesOneVersionOnly() {
        String before = put("day.csv", "text\n");
        String now = put("day.csv", "text\nnewer\n");

        assertThat(blobs.delete("lake", "day.csv", before)).isFalse();
        assertThat(list("")).hasSize(1);
        assertThat(blobs.delete("lake", "day.csv", now)).isTrue();
        assertThat(blobs.delete("lake", "day.csv", now)).isFalse();
        assertThat(list("")).isEmpty();
    }

    @Test
    void copiesOneVersionOnlyAndFindsItsCopy() {
        String before = put("day.csv", "text\n");
        put("day.csv", "text\nnewer\n");
        lake.getBlobClient("day.csv").setMetadata(Map.of("owner", "billing"));
        String now = list("").getFirst().etag();

        assertThat(blobs.copy("lake", "day.csv", before, "archive/7-day.csv")).isFalse();
        assertThat(blobs.copy("lake", "day.csv", now, "archive/7-day.csv")).isTrue();
        assertThat(blobs.copy("lake", "day.csv", now, "archive/7-day.csv")).isTrue();
        assertThat(lake.getBlobClient("archive/7-day.csv").downloadContent()).hasToString("text\nnewer\n");
        assertThat(lake.getBlobClient("archive/7-day.csv").getProperties().getMetadata())
                .containsEntry("owner", "billing");

        assertThat(blobs.delete("lake", "day.csv", now)).isTrue();
        assertThat(blobs.copy("lake", "day.csv", now, "archive/7-day.csv"))
                .as("after a crash")
                .isTrue();
        assertThat(blobs.copy("lake", "day.csv", now, "archive/8-day.csv")).isFalse();
    }

    @Test
    void copiesOverNoOtherBlob() {
        String etag = put("day.csv", "text\n");
        put("archive/7-day.csv", "somebody's");

        assertThatThrownBy(() -> blobs.copy("lake", "day.csv", etag, "archive/7-day.csv"))
                .isInstanceOfSatisfying(
                        Rejected.class, e -> assertThat(e.code()).isEqualTo("BlobExists"));
        assertThatThrownBy(() -> blobs.copy("lake", "day.csv", etag, "../day.csv"))
                .isInstanceOf(Rejected.class);
    }

    @Test
    void replacesNoBlobAndFindsItsOwn() {
        put("out/a.csv", "somebody's");

        assertThatThrownBy(() -> upload("out/a.csv", "text\n")).isInstanceOf(Rejected.class);
        assertThat(upload("out/b.csv", "text\n")).isEqualTo(upload("out/b.csv", "text\n"));
        assertThat(lake.getBlobClient("out/a.csv").downloadContent()).hasToString("somebody's");
        assertThat(blobs.delete("lake", "out/b.csv", upload("out/b.csv", "text\n")))
                .isTrue();
        assertThatThrownBy(() -> blobs.upload("lake", "../b.csv")).isInstanceOf(Rejected.class);
    }

    private String upload(String path, String content) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        try (var upload = blobs.upload("lake", path)) {
            upload.add(bytes);
            return upload.commit(SharedAzurite.sha256(bytes));
        }
    }

    @Test
    void namesTheSettingOfAStoreThatIsMissing() {
        assertThatThrownBy(() -> blobs.list("sea", "", blob -> {}))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("orchestrator.blobs.stores.sea.");
    }
}
