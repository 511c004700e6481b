package dev.bes.orchestrator.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.bes.orchestrator.TestCertificate;
import dev.bes.orchestrator.text.HttpAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The call itself, against receivers that do not behave. */
class CallbackClientTests {
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
    private static final Duration TIMEOUT = Duration.ofMillis(400);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final byte[] BODY = "{}".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    /** What a receiver does with a connection. */
    private interface Behaviour {
        void on(Socket socket) throws IOException, InterruptedException;
    }

    private static ServerSocket listening(ServerSocket server, Behaviour behaviour) {
        Thread.ofVirtual().start(() -> {
            while (true) {
                try (Socket socket = server.accept()) {
                    behaviour.on(socket);
                } catch (IOException | InterruptedException _) {
                    if (server.isClosed()) {
                        return;
                    }
                }
            }
        });
        return server;
    }

    private static String head(Socket socket) throws IOException {
        StringBuilder head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            head.append((char) socket.getInputStream().read());
        }
        return head.toString();
    }

    private static Behaviour answering(String answer) {
        return socket -> {
            head(socket);
            socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
            // the rest of the request is read, so that closing resets nothing
            socket.getInputStream().readNBytes(BODY.length);
        };
    }

    private static ServerSocket plain() throws IOException {
        return new ServerSocket(0, 50, LOOPBACK);
    }

    private static int post(ServerSocket server, String host) throws Exception {
        return post(server, host, PATIENCE);
    }

    private static int post(ServerSocket server, String host, Duration timeout) throws Exception {
        return call(SSLContext.getDefault(), timeout, "http://%s:%d/done?x=1".formatted(host, server.getLocalPort()));
    }

    private static int call(SSLContext tls, Duration timeout, String address) throws IOException {
        try (CallbackClient client = new CallbackClient(tls.getSocketFactory(), timeout)) {
            return client.post(HttpAddress.of(address), LOOPBACK, Map.of("webhook-id", "1"), BODY);
        }
    }

    @Test
    void sendsTheNameOfTheHostToTheCheckedAddress() throws Exception {
        BlockingQueue<String> heads = new LinkedBlockingQueue<>();
        try (ServerSocket server = listening(plain(), socket -> {
            heads.add(head(socket));
            socket.getOutputStream().write("HTTP/1.1 204 No Content\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            socket.getInputStream().readNBytes(BODY.length);
        })) {
            // no name server knows it: only the checked address can have been called
            assertThat(post(server, "hooks.example.invalid")).isEqualTo(204);
            assertThat(heads.poll(5, TimeUnit.SECONDS))
                    .startsWith(
                            "POST /done?x=1 HTTP/1.1\r\nHost: hooks.example.invalid:" + server.getLocalPort() + "\r\n")
                    .contains("\r\nwebhook-id: 1\r\n", "\r\nContent-Length: 2\r\n");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "HTTP/1.1 200 OK, 200",
        "HTTP/1.0 200, 200",
        "HTTP/1.1 302 Found|Location: http://169.254.169.254/, 302",
        "HTTP/1.1 103 Early Hints|Link: x||HTTP/1.1 202 Accepted, 202",
        "HTTP/1.1 500 Oh, 500"
    })
    void readsNothingButTheStatus(String answer, int status) throws Exception {
        try (ServerSocket server = listening(plain(), answering(answer.replace("|", "\r\n") + "\r\n\r\n"))) {
            assertThat(post(server, "hooks.example.com")).isEqualTo(status);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"SSH-2.0-OpenSSH\r\n", "HTTP/2 200\r\n", "HTTP/1.1 999 \r\n", "<script>\n"})
    void refusesAnswersOfOtherProtocols(String answer) throws IOException {
        try (ServerSocket server = listening(plain(), answering(answer))) {
            assertThatIOException()
                    .isThrownBy(() -> post(server, "hooks.example.com"))
                    .withMessage("the answer is not HTTP/1.1");
        }
    }

    @Test
    void readsNoAnswerWithoutAnEnd() throws IOException {
        try (ServerSocket server = listening(plain(), answering("x".repeat(100_000)))) {
            assertThatIOException()
                    .isThrownBy(() -> post(server, "hooks.example.com"))
                    .withMessage("the answer is not HTTP/1.1");
        }
    }

    @Test
    void givesUpOnAReceiverThatDoesNotAnswerOrAnswersByteByByte() throws IOException {
        Semaphore pause = new Semaphore(0);
        try (ServerSocket silent =
                        listening(plain(), socket -> socket.getInputStream().readAllBytes());
                ServerSocket slow = listening(plain(), socket -> {
                    for (int i = 0; i < 100; i++) {
                        socket.getOutputStream().write('H');
                        pause.tryAcquire(50, TimeUnit.MILLISECONDS);
                    }
                })) {
            for (ServerSocket server : new ServerSocket[] {silent, slow}) {
                long start = System.nanoTime();
                assertThatIOException()
                        .isThrownBy(() -> post(server, "hooks.example.com", TIMEOUT))
                        .withMessage("no answer within 400 ms");
                // the bytes of the slow one take five seconds
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(TIMEOUT.multipliedBy(10));
            }
        }
    }

    @Test
    void saysThatNobodyListensOrThatNobodyAnswers() throws IOException {
        ServerSocket closed = plain();
        closed.close();

        assertThatIOException()
                .isThrownBy(() -> post(closed, "hooks.example.com"))
                .withMessage("no connection");
        try (ServerSocket server = listening(plain(), answering(""))) {
            assertThatIOException()
                    .isThrownBy(() -> post(server, "hooks.example.com"))
                    .withMessage("the connection was closed without an answer");
        }
    }

    @Test
    void verifiesTheNameInTheCertificateAlthoughItConnectsToAnAddress() throws Exception {
        TestCertificate certificate = TestCertificate.make(folder, "receiver");
        try (ServerSocket server = listening(secured(certificate), answering("HTTP/1.1 200 OK\r\n\r\n"))) {
            assertThat(call(certificate.trust(), PATIENCE, "https://localhost:" + server.getLocalPort()))
                    .isEqualTo(200);
            assertThat(call(certificate.trust(), PATIENCE, "https://127.0.0.1:" + server.getLocalPort()))
                    .isEqualTo(200);
            assertThatIOException()
                    .isThrownBy(() ->
                            call(certificate.trust(), PATIENCE, "https://hooks.example.com:" + server.getLocalPort()))
                    .withMessageStartingWith("no secure connection");
            assertThatIOException()
                    .isThrownBy(
                            () -> call(SSLContext.getDefault(), PATIENCE, "https://localhost:" + server.getLocalPort()))
                    .withMessageStartingWith("no secure connection");
        }
    }

    private static ServerSocket secured(TestCertificate certificate) throws Exception {
        char[] password = TestCertificate.PASSWORD.toCharArray();
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(KeyStore.getInstance(certificate.store().toFile(), password), password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context.getServerSocketFactory().createServerSocket(0, 50, LOOPBACK);
    }
}
