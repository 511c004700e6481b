package dev.bes.orchestrator.remote.bes;

import static dev.bes.orchestrator.remote.bes.BesFixture.REQUEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.bes.orchestrator.remote.RemoteException.Unavailable;
import dev.bes.orchestrator.remote.TwoStepJobs;
import dev.bes.orchestrator.remote.blob.BlobReference.Form;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A far side that can't show who it is gets not a byte of a request. */
@Timeout(60)
@Tag("slow")
class CertificateTests {

    private static final String HERE = "SAN=ip:127.0.0.1";

    @TempDir
    static Path folder;

    private static SSLContext usual;
    private static Certificates certificates;
    private static BesFixture besFixture;

    @BeforeAll
    static void make() throws Exception {
        certificates = new Certificates(folder)
                .signed("good", "-signer", "authority", "-dname", "CN=good", "-ext", HERE)
                .signed(
                        "expired",
                        "-signer",
                        "authority",
                        "-dname",
                        "CN=expired",
                        "-ext",
                        HERE,
                        "-startdate",
                        "-10d",
                        "-validity",
                        "5")
                .signed(
                        "elsewhere",
                        "-signer",
                        "authority",
                        "-dname",
                        "CN=elsewhere",
                        "-ext",
                        "SAN=dns:elsewhere.example")
                .signed("stranger", "-dname", "CN=stranger", "-ext", HERE);
        usual = SSLContext.getDefault();
        SSLContext.setDefault(certificates.trusting());
        besFixture = new BesFixture();
    }

    @AfterAll
    static void restore() {
        besFixture.close();
        SSLContext.setDefault(usual);
    }

    private static TwoStepJobs jobs(int port) {
        return besFixture
                .endpoints("https://127.0.0.1:" + port, Duration.ofSeconds(20), Form.SAS)
                .jobs("toxic");
    }

    private static HttpsServer server(String certificate, AtomicInteger requests) throws Exception {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(certificates.showing(certificate)));
        server.createContext("/", exchange -> {
            requests.incrementAndGet();
            byte[] answer = "\"a1\"".getBytes(StandardCharsets.US_ASCII);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        return server;
    }

    @Test
    void trustsAFarSideThatShowsAGoodOne() throws Exception {
        AtomicInteger requests = new AtomicInteger();
        HttpsServer server = server("good", requests);
        try {
            assertThat(jobs(server.getAddress().getPort()).submit(REQUEST)).isEqualTo("a1");
        } finally {
            server.stop(0);
        }
        assertThat(requests).hasValue(1);
    }

    @ParameterizedTest
    @CsvSource({
        "expired, certificate_expired",
        "elsewhere, No subject alternative names matching IP address 127.0.0.1 found",
        "stranger, unable to find valid certification path"
    })
    void sendsNothingToOneThatShowsABadOne(String certificate, String told) throws Exception {
        AtomicInteger requests = new AtomicInteger();
        HttpsServer server = server(certificate, requests);
        try {
            assertThatThrownBy(() -> jobs(server.getAddress().getPort()).submit(REQUEST))
                    .isInstanceOf(Unavailable.class)
                    .hasMessageContaining(told);
        } finally {
            server.stop(0);
        }
        assertThat(requests).hasValue(0);
    }

    @Test
    void sendsNothingToOneThatSpeaksAnOldTls() throws IOException {
        String hello = "16 0301 002a  02 000026  0301" + "00".repeat(32) + "00 c013 00";

        assertThatThrownBy(() -> submitTo(HexFormat.of().parseHex(hello.replace(" ", ""))))
                .isInstanceOf(Unavailable.class)
                .hasMessageContaining("TLS10 is not accepted");
    }

    @Test
    void sendsNothingToOneThatSpeaksNoTls() {
        assertThatThrownBy(() -> submitTo(
                        "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n\"a1\"".getBytes(StandardCharsets.US_ASCII)))
                .isInstanceOf(Unavailable.class)
                .hasMessageContaining("SSLException");
    }

    /** Submits to a server that answers the first bytes of every connection with these. */
    private static void submitTo(byte[] answer) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> answerAll(server, answer));
            jobs(server.getLocalPort()).submit(REQUEST);
        }
    }

    private static void answerAll(ServerSocket server, byte[] answer) {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                socket.getInputStream().read(new byte[16_384]);
                socket.getOutputStream().write(answer);
                socket.getInputStream().readAllBytes();
            } catch (IOException e) {
                // closed by the test, or by a client that has seen enough
            }
        }
    }
}
