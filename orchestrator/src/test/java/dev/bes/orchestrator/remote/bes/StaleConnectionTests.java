package dev.bes.orchestrator.remote.bes;

import static dev.bes.orchestrator.remote.bes.BesFixture.REQUEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bes.orchestrator.remote.JobStatus.State;
import dev.bes.orchestrator.remote.RemoteException.Unavailable;
import dev.bes.orchestrator.remote.TwoStepJobs;
import dev.bes.orchestrator.remote.blob.BlobReference.Form;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** A far side that keeps a connection open for one call and then drops it, just when the next one has been sent. */
@Timeout(60)
class StaleConnectionTests {

    private static final String RUNNING = "{\"StatusCode\": \"Running\"}";
    private static final String FINISHED = "{\"StatusCode\": \"Finished\"}";

    private final BesFixture besFixture = new BesFixture();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private ServerSocket server;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        server.close();
        besFixture.close();
    }

    /** Answers the first call of each connection so, and none after that. */
    private TwoStepJobs answering(String answer) {
        Thread.ofVirtual().start(() -> {
            while (!server.isClosed()) {
                try (Socket socket = server.accept()) {
                    asked.add(request(socket));
                    socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                    asked.add(request(socket));
                } catch (IOException e) {
                    // closed by the test
                }
            }
        });
        return besFixture
                .endpoints("http://127.0.0.1:" + server.getLocalPort(), Duration.ofSeconds(20), Form.SAS)
                .jobs("toxic");
    }

    private static String request(Socket socket) throws IOException {
        StringBuilder request = new StringBuilder();
        while (request.indexOf("\r\n\r\n") < 0) {
            int next = socket.getInputStream().read();
            if (next < 0) {
                throw new IOException("hung up");
            }
            request.append((char) next);
        }
        return request.substring(0, request.indexOf(" "));
    }

    private static String ok(String body) {
        return "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    @Test
    void repeatsAPollThatMetAStaleConnection() {
        TwoStepJobs jobs = answering(ok(RUNNING));
        jobs.status("a1");

        assertThat(jobs.status("a1").state()).isEqualTo(State.RUNNING);
        assertThat(asked).containsOnly("GET").hasSize(3);
    }

    @TestFactory
    Stream<DynamicTest> repeatsNoSubmitOrStartThatMetAStaleConnection() {
        List<Consumer<TwoStepJobs>> calls = new ArrayList<>();
        calls.add(jobs -> jobs.submit(REQUEST));
        calls.add(jobs -> jobs.start("a1"));
        calls.add(jobs -> jobs.cancel("a1"));
        TwoStepJobs jobs = answering(ok(RUNNING));
        return calls.stream()
                .map(call -> DynamicTest.dynamicTest("call " + calls.indexOf(call), () -> {
                    asked.clear();
                    jobs.status("a1");

                    assertThatThrownBy(() -> call.accept(jobs)).isInstanceOf(Unavailable.class);
                    assertThat(asked).hasSize(2);
                }));
    }

    @Test
    void discardsAnAnswerThatCameBeforeItsCall() {
        TwoStepJobs jobs = answering(ok(RUNNING) + ok(FINISHED));
        jobs.status("a1");

        assertThat(jobs.status("a1").state()).isEqualTo(State.RUNNING);
    }
}
