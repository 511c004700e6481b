package dev.bes.orchestrator.remote.blob.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.bes.orchestrator.remote.RemoteException.Unavailable;
import dev.bes.orchestrator.remote.blob.Blobs;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
@Tag("slow")
class SickStoreTests {

    @TempDir
    private Path folder;

    private final CountDownLatch over = new CountDownLatch(1);
    private HttpServer server;
    private Blobs blobs;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        String connectionString = "AccountName=a;AccountKey=a2V5;BlobEndpoint=http://127.0.0.1:"
                + server.getAddress().getPort() + "/a";
        blobs = new AzureBlobs(
                SharedAzurite.container("sick", connectionString, SharedAzurite.IMPATIENT),
                SharedAzurite.SETTING,
                SharedAzurite.IMPATIENT);
    }

    @AfterEach
    void stop() {
        over.countDown();
        server.stop(0);
    }

    private void answer(HttpHandler handler) {
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.getRequestBody().readAllBytes();
                handler.handle(exchange);
            }
        });
    }

    private boolean over(long millis) {
        try {
            return over.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private void assertUnavailable() throws IOException {
        assertThatThrownBy(() -> SharedAzurite.stage(blobs, "in/1/a.csv", new byte[] {'a'}))
                .isInstanceOf(Unavailable.class)
                .hasMessageStartingWith("Blob store, staging in/1/a.csv: ")
                .hasMessageNotContaining("a2V5");
        assertThatThrownBy(() -> SharedAzurite.fetch(blobs, "out/1/a.csv", folder.resolve("out.csv")))
                .isInstanceOf(Unavailable.class)
                .hasMessageStartingWith("Blob store, fetching out/1/a.csv: ");
        assertThat(folder.resolve("out.csv")).doesNotExist();
    }

    @Test
    void saysSoWhenTheStoreIsNotThere() throws IOException {
        server.stop(0);

        assertUnavailable();
        assertThatThrownBy(() -> SharedAzurite.fetch(blobs, "out/1/a.csv", folder.resolve("out.csv")))
                .hasMessage(
                        "Blob store, fetching out/1/a.csv: cannot connect (check orchestrator.blobs.connection-string and the network)");
    }

    @Test
    void saysSoWhenTheStoreIsBusy() throws IOException {
        answer(exchange -> {
            exchange.getResponseHeaders().add("x-ms-error-code", "ServerBusy");
            exchange.sendResponseHeaders(503, -1);
        });

        assertUnavailable();
    }

    @Test
    void givesUpOnAStoreThatDoesNotAnswer() throws IOException {
        answer(exchange -> over(20_000));

        assertUnavailable();
    }

    @Test
    void givesUpOnADrippingBlob() {
        answer(exchange -> {
            exchange.getResponseHeaders().add("ETag", "\"1\"");
            exchange.getResponseHeaders().add("Content-Range", "bytes 0-999/1000");
            exchange.sendResponseHeaders(206, 1_000);
            while (!over(50)) {
                exchange.getResponseBody().write('x');
                exchange.getResponseBody().flush();
            }
        });

        assertThatThrownBy(() -> SharedAzurite.fetch(blobs, "out/1/a.csv", folder.resolve("out.csv")))
                .isInstanceOf(Unavailable.class)
                .hasMessage("Blob store, fetching out/1/a.csv: not finished within 2 s");
    }

    @Test
    void doesNotTakeHalfABlobForAWholeOne() {
        answer(exchange -> {
            exchange.getResponseHeaders().add("ETag", "\"1\"");
            exchange.getResponseHeaders().add("Content-Range", "bytes 0-999/1000");
            exchange.sendResponseHeaders(206, 1_000);
            exchange.getResponseBody().write(new byte[10]);
        });

        assertThatThrownBy(() -> SharedAzurite.fetch(blobs, "out/1/a.csv", folder.resolve("out.csv")))
                .isInstanceOf(Unavailable.class);
    }
}
