package dev.bes.orchestrator.remote.blob.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.bes.orchestrator.remote.ObservedHealth;
import dev.bes.orchestrator.remote.RemoteException;
import dev.bes.orchestrator.remote.RemoteException.By;
import dev.bes.orchestrator.remote.RemoteException.NotFound;
import dev.bes.orchestrator.remote.RemoteException.Reason;
import dev.bes.orchestrator.remote.RemoteException.Refused;
import dev.bes.orchestrator.remote.RemoteException.Rejected;
import dev.bes.orchestrator.remote.RemoteException.Unavailable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who refused a blob, and what is known of the store by it. */
class BlobStoreHealthTests {
    private Instant now = Instant.parse("2026-11-23T12:00:00Z");
    private final BlobStoreHealth health = new BlobStoreHealth(() -> now);

    private static RemoteException put(int status, @Nullable String code) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.getRequestBody().readAllBytes();
                if (code != null) {
                    exchange.getResponseHeaders().add("x-ms-error-code", code);
                }
                exchange.sendResponseHeaders(status, -1);
            }
        });
        server.start();
        try {
            String connectionString = "AccountName=a;AccountKey=a2V5;BlobEndpoint=http://127.0.0.1:"
                    + server.getAddress().getPort() + "/a";
            new AzureBlobs(
                            SharedAzurite.container("who", connectionString, SharedAzurite.IMPATIENT),
                            SharedAzurite.SETTING,
                            SharedAzurite.IMPATIENT)
                    .put("out/1/a.csv", new byte[] {'a'});
            throw new AssertionError("It was taken");
        } catch (RemoteException e) {
            return e;
        } finally {
            server.stop(0);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "403 | AuthenticationFailed | Refused | STORE | (check orchestrator.blobs.connection-string)",
                "403 | AuthorizationFailure | Refused | STORE | check its network rules",
                "403 | KeyBasedAuthenticationNotPermitted | Refused | STORE | does not accept keys",
                "403 | AccountIsDisabled | Refused | STORE | is disabled",
                "400 | InvalidAuthenticationInfo | Refused | STORE | (check orchestrator.blobs.connection-string)",
                "400 | InvalidBlockList | Rejected | STORE | 400 InvalidBlockList",
                "404 | BlobNotFound | NotFound | STORE | 404 BlobNotFound",
                "403 | | Refused | HOP | by a proxy or firewall on the network path, not by the store",
                "407 | | Refused | HOP | by a proxy or firewall on the network path, not by the store",
                "400 | | Unavailable | HOP | by a proxy or firewall on the network path, not by the store",
                "404 | | Unavailable | HOP | by a proxy or firewall on the network path, not by the store",
                "413 | | Unavailable | HOP | by a proxy or firewall on the network path, not by the store",
            })
    void tellsTheStoreFromWhatIsOnTheWay(int status, @Nullable String code, String type, By by, String hint)
            throws IOException {
        RemoteException fault = put(status, code);

        assertThat(fault.getClass().getSimpleName()).isEqualTo(type);
        assertThat(fault.by()).isEqualTo(by);
        assertThat(fault)
                .hasMessageStartingWith("Blob store, writing out/1/a.csv: " + status)
                .hasMessageContaining(hint);
    }

    @Test
    void knowsNothingBeforeTheFirstCall() {
        assertThat(health.observedHealth()).isEqualTo(ObservedHealth.UNKNOWN);
        health.rejectIfRecentlyRefused();
        health.succeeded();
        assertThat(health.observedHealth()).isEqualTo(ObservedHealth.healthy(""));
    }

    @Test
    void handsOutNoReferencesWhileTheStoreRefusesUsAndTriesOneAfterAMinute() {
        health.failed(new Refused(By.STORE, "403 (check orchestrator.blobs.connection-string)"));
        assertThat(health.observedHealth().reason()).startsWith("it refuses our key: 403 (check orchestrator.blobs");
        assertThat(health.observedHealth().since()).isEqualTo(now);
        assertThatThrownBy(health::rejectIfRecentlyRefused)
                .isInstanceOf(Refused.class)
                .hasMessageContaining("no job could read its input")
                .extracting(e -> ((Refused) e).by())
                .isEqualTo(By.STORE);

        now = now.plus(Duration.ofSeconds(61));
        health.rejectIfRecentlyRefused();
        health.failed(new Refused(By.STORE, "403"));
        assertThatThrownBy(health::rejectIfRecentlyRefused).isInstanceOf(Refused.class);
        health.succeeded();
        health.rejectIfRecentlyRefused();
        assertThat(health.observedHealth()).isEqualTo(ObservedHealth.healthy(""));
    }

    @Test
    void isInTroubleAfterOneCallWhoseTriesHadNoAnswer() {
        health.failed(new Unavailable("it can't be reached"));

        assertThat(health.observedHealth().isUnhealthy()).isTrue();
        health.rejectIfRecentlyRefused();
        health.failed(new NotFound(By.STORE, "404", false));
        assertThat(health.observedHealth().isUnhealthy()).as("an answer").isFalse();
        health.failed(new Rejected(By.STORE, "BlobExists", "no", Reason.REQUEST));
        assertThat(health.observedHealth().isUnhealthy()).isFalse();
    }

    @Test
    void doesNotBlameTheStoreForOurOwnDisk() {
        health.failed(new Unavailable("fetching", new NoSuchFileException("a.csv")));
        health.failed(new Unavailable("fetching", new IOException("No space left on device")));

        assertThat(health.observedHealth().isUnhealthy()).isFalse();
    }
}
