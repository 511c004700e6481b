package dev.bes.orchestrator.remote.blob.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.storage.blob.BlobContainerClient;
import dev.bes.orchestrator.remote.RemoteException.Unavailable;
import dev.bes.orchestrator.remote.blob.Blobs;
import dev.bes.testbench.proxy.CallFault;
import dev.bes.testbench.proxy.CallMatcher;
import dev.bes.testbench.proxy.FaultProxy;
import dev.bes.testbench.proxy.InjectedFault;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Uploads and downloads over a line that is cut on the way to a real store. */
@Timeout(60)
@Tag("slow")
class CutLineTests {

    private static final BlobTimeouts TWO_TRIES =
            new BlobTimeouts(2, Duration.ofSeconds(3), Duration.ofSeconds(20), 1_000_000);
    private static final BlobTimeouts ONE_TRY =
            new BlobTimeouts(1, Duration.ofSeconds(3), Duration.ofSeconds(20), 1_000_000);
    private static final String BLOCK = "comp=block&";
    private static final String COMMIT = "comp=blocklist";

    @TempDir
    private Path folder;

    private final byte[] content = new byte[9 * 1024 * 1024];
    private final BlobContainerClient store = SharedAzurite.container("c-" + UUID.randomUUID());
    private FaultProxy proxy;

    @BeforeEach
    void open() throws IOException {
        URI address = URI.create(store.getAccountUrl());
        proxy = FaultProxy.open(0, new InetSocketAddress(address.getHost(), address.getPort()));
        new Random(7).nextBytes(content);
        store.create();
    }

    @AfterEach
    void close() {
        proxy.close();
    }

    private Blobs blobs(BlobTimeouts blobTimeouts) {
        String through = SharedAzurite.connectionString()
                .replace(":" + URI.create(store.getAccountUrl()).getPort() + "/", ":" + proxy.port() + "/");
        return new AzureBlobs(
                SharedAzurite.container(store.getBlobContainerName(), through, blobTimeouts),
                SharedAzurite.SETTING,
                blobTimeouts);
    }

    private void isWhole(String path) throws IOException {
        Path back = folder.resolve("back.csv");
        SharedAzurite.fetch(new AzureBlobs(store, SharedAzurite.SETTING, BlobTimeouts.DEFAULT), path, back);
        assertThat(back).hasBinaryContent(content);
    }

    @Test
    void sendsABlockAgainThatWasCutOff() throws IOException {
        InjectedFault cut = proxy.inject(
                new CallFault.ResetBeforeForwarding(),
                CallMatcher.request("PUT", BLOCK).next(1));

        SharedAzurite.stage(blobs(TWO_TRIES), "in/1/a.csv", content);

        assertThat(cut.applied()).isOne();
        isWhole("in/1/a.csv");
    }

    @Test
    void bringsEachByteOnceThoughTheLineIsCutOnTheWayDown() throws IOException {
        SharedAzurite.stage(new AzureBlobs(store, SharedAzurite.SETTING, BlobTimeouts.DEFAULT), "in/1/a.csv", content);
        InjectedFault cut = proxy.inject(
                new CallFault.Truncate(1_000_000),
                CallMatcher.request("GET", "a.csv").next(2));

        SharedAzurite.fetch(blobs(TWO_TRIES), "in/1/a.csv", folder.resolve("down.csv"));

        assertThat(cut.applied()).isEqualTo(2);
        assertThat(folder.resolve("down.csv")).hasBinaryContent(content);
    }

    @Test
    void showsNothingOfAnUploadThatIsCutOffAndBringsItAllTheNextTime() throws IOException {
        proxy.inject(new CallFault.ResetBeforeForwarding(), CallMatcher.request("PUT", COMMIT));
        assertThatThrownBy(() -> SharedAzurite.stage(blobs(ONE_TRY), "in/1/a.csv", content))
                .isInstanceOf(Unavailable.class);
        assertThat(store.listBlobs()).as("no half of it").isEmpty();

        proxy.clear();
        SharedAzurite.stage(blobs(ONE_TRY), "in/1/a.csv", content);

        isWhole("in/1/a.csv");
    }

    @Test
    void findsItsOwnUploadWhenOnlyTheReplyWasLost() throws IOException {
        InjectedFault lost = proxy.inject(
                new CallFault.ResetAfterForwarding(),
                CallMatcher.request("PUT", COMMIT).next(1));

        SharedAzurite.stage(blobs(TWO_TRIES), "in/1/a.csv", content);

        assertThat(lost.applied()).isOne();
        isWhole("in/1/a.csv");
    }

    @Test
    void holdsUpNobodyElseWhileOneUploadCrawls() throws IOException {
        proxy.inject(new CallFault.BlackHole(), CallMatcher.request("PUT", "slow.csv"));
        Blobs blobs = blobs(ONE_TRY);
        Thread crawling = Thread.ofVirtual().start(() -> {
            assertThatThrownBy(() -> SharedAzurite.stage(blobs, "in/1/slow.csv", content))
                    .isInstanceOf(Unavailable.class);
        });

        SharedAzurite.stage(blobs, "in/1/quick.csv", content);

        assertThat(crawling.isAlive()).isTrue();
        isWhole("in/1/quick.csv");
    }
}
