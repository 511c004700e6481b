package dev.bes.orchestrator.remote.http;

import static dev.bes.orchestrator.remote.bes.BesFixture.REQUEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bes.orchestrator.remote.RemoteException.Unavailable;
import dev.bes.orchestrator.remote.TwoStepJobs;
import dev.bes.orchestrator.remote.bes.BesFixture;
import dev.bes.orchestrator.remote.bes.ScriptedService;
import dev.bes.orchestrator.remote.blob.BlobReference.Form;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ManagedApiClientTests {

    private final BesFixture besFixture = new BesFixture();
    private final ScriptedService scriptedService = besFixture.scriptedService;

    @AfterEach
    void close() {
        besFixture.close();
    }

    @Test
    void givesUpOnAStalledBody() {
        scriptedService.stalls();

        assertThatThrownBy(() -> besFixture.impatientJobs().submit(REQUEST))
                .isInstanceOf(Unavailable.class)
                .hasMessage("Endpoint toxic, submit: no complete answer within 300 ms");
    }

    @Test
    void givesUpOnADrippingBodyAndHangsUp() throws InterruptedException {
        scriptedService.drips();

        assertThatThrownBy(() -> besFixture.impatientJobs().status("a1")).isInstanceOf(Unavailable.class);

        assertThat(scriptedService.hungUp.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void readsOnlySoMuchOfABodyWithoutEndAndHangsUp() throws InterruptedException {
        scriptedService.floods();

        assertThatThrownBy(() -> besFixture.jobs().submit(REQUEST))
                .isInstanceOf(Unavailable.class)
                .hasMessageContaining("1048576");

        assertThat(scriptedService.hungUp.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void readsOnlySoMuchOfAnError() {
        scriptedService.answers(400, "x".repeat(2 * 1024 * 1024));

        assertThatThrownBy(() -> besFixture.jobs().submit(REQUEST)).isInstanceOf(Unavailable.class);
    }

    @Test
    void knowsNothingWhenNobodyListens() {
        scriptedService.close();

        assertThatThrownBy(() -> besFixture.jobs().submit(REQUEST))
                .isInstanceOf(Unavailable.class)
                .hasMessageContaining("cannot connect (check orchestrator.endpoints.toxic.url and the network)");
    }

    @Test
    void knowsNothingWhenABodyIsCutShort() throws IOException {
        assertNothingKnownAfter("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n\"a1");
    }

    @Test
    void knowsNothingWhenTheChunksAreGarbage() throws IOException {
        assertNothingKnownAfter("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n\"a1\"\r\n");
    }

    @Test
    void knowsNothingWhenTheAnswerIsNotHttp() throws IOException {
        assertNothingKnownAfter("SSH-2.0-OpenSSH_9.2\r\n");
    }

    @Test
    void sendsASubmitOnceEvenWhenTheConnectionBreaksAfterIt() throws IOException {
        assertThat(assertNothingKnownAfter("")).isEqualTo(1);
    }

    @Test
    void sendsAStartOnceWhenAPooledConnectionBreaksAfterIt() throws IOException {
        String first = "HTTP/1.1 204 No Content\r\n\r\n";
        AtomicInteger requests = new AtomicInteger();
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> answerAll(server, List.of(first, ""), "\r\n\r\n", requests));
            TwoStepJobs jobs = jobs(server);
            jobs.start("a1");
            assertThatThrownBy(() -> jobs.start("a1"))
                    .isInstanceOf(Unavailable.class)
                    .hasMessageNotContaining("no complete answer");
        }
        assertThat(requests).hasValue(2);
    }

    @Test
    void stopsWaitingWhenInterrupted() {
        scriptedService.stalls();
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> besFixture.jobs().start("a1")).isInstanceOf(Unavailable.class);

        assertThat(Thread.interrupted()).isTrue();
    }

    /** Submits to a server that says just this and closes; returns how many requests it saw. */
    private int assertNothingKnownAfter(String answer) throws IOException {
        AtomicInteger requests = new AtomicInteger();
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> answerAll(server, List.of(answer), "}}", requests));
            assertThatThrownBy(() -> jobs(server).submit(REQUEST))
                    .isInstanceOf(Unavailable.class)
                    .hasMessageNotContaining("no complete answer");
        }
        return requests.get();
    }

    private TwoStepJobs jobs(ServerSocket server) {
        String url = "http://127.0.0.1:" + server.getLocalPort();
        return besFixture.endpoints(url, Duration.ofSeconds(10), Form.SAS).jobs("toxic");
    }

    /** Gives these answers on each connection and closes it; a request ends with the given characters. */
    private static void answerAll(ServerSocket server, List<String> answers, String end, AtomicInteger requests) {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                for (String answer : answers) {
                    String request = "";
                    while (!request.endsWith(end)) {
                        request += (char) socket.getInputStream().read();
                    }
                    requests.incrementAndGet();
                    socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                }
            } catch (IOException e) {
                // closed by the test
            }
        }
    }
}
