package dev.bes.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.bes.cli.BesCalls.Result;
import java.io.FilterWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How runs are followed by server-sent events. */
class WatchCommandTests {
    private static final String STREAM = "text/event-stream";

    @TempDir
    Path home;

    private RecordedService service;

    @BeforeEach
    void start() throws IOException {
        service = new RecordedService();
    }

    @AfterEach
    void stop() {
        service.close();
    }

    private Result watch(String... options) {
        String[] arguments = new String[options.length + 1];
        arguments[0] = "watch";
        System.arraycopy(options, 0, arguments, 1, options.length);
        return BesCalls.at(home).with("BES_SERVER", service.url()).call(arguments);
    }

    private static String move(int id, String definition, String scoring, String state) {
        return """
                id:%d
                event:move
                data:{"run":7,"definition":"%s","entry":{"id":%d,"scoring":%s,"seq":1,"attempt":null,"fromStep":null,\
                "toStep":null,"from":"NotStarted","to":"%s","at":"2026-11-29T01:02:03Z","cause":null,"remoteWord":null,\
                "node":"n","actor":"request:x"}}

                """.formatted(id, definition, id, scoring, state);
    }

    @Test
    void goesOnAfterTheLastMoveWhenAStreamEnds() {
        service.answers("GET /api/v1/runs/7/events", 200, STREAM, ":hello\n\n" + move(11, "a", "1", "Running"))
                .answers("GET /api/v1/runs/7/events", 503, Answers.problem(503, "unavailable", "Away"))
                .answers(
                        "GET /api/v1/runs/7/events",
                        200,
                        STREAM,
                        move(12, "a", "1", "Failed") + move(13, "a", "null", "Failed"))
                .answers("GET /api/v1/runs/7", 200, Answers.detail(Answers.run(7, "Failed", null, 2, 0), ""));

        Result result = watch("7", "--moves");

        assertThat(result.exitCode()).as(result.err()).isEqualTo(1);
        assertThat(result.out()).isEqualTo("""
                RUN  DEFINITION  SCORING  AT                   STEP  STATE    ACTOR      CAUSE
                7    a           1        2026-11-29 10:02:03        Running  request:x
                7    a           1        2026-11-29 10:02:03        Failed   request:x
                7    a                    2026-11-29 10:02:03        Failed   request:x
                """);
        assertThat(result.err()).contains("trying again for 5 min");
        assertThat(service.calls())
                .extracting(RecordedService.Call::lastEventId)
                .containsExactly("null", "11", "11", "null");
    }

    /** As {@code bes watch | head -1} does. */
    @Test
    void endsAtOnceWhenNobodyReadsOnThoughTheStreamGoesOn() throws Exception {
        Writer closed = new FilterWriter(Writer.nullWriter()) {
            @Override
            public void flush() throws IOException {
                throw new IOException("Broken pipe");
            }
        };
        try (ServerSocket endless = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ExecutorService server = Executors.newVirtualThreadPerTaskExecutor()) {
            server.execute(() -> {
                try (Socket caller = endless.accept()) {
                    String head = "HTTP/1.1 200 OK\r\nContent-Type: " + STREAM + "\r\n\r\n";
                    caller.getOutputStream().write((head + move(11, "a", "null", "Running")).getBytes(UTF_8));
                    caller.getInputStream().transferTo(OutputStream.nullOutputStream());
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            BesCalls bes = BesCalls.at(home).with("BES_SERVER", "http://127.0.0.1:" + endless.getLocalPort());
            int exitCode = assertTimeoutPreemptively(
                    Duration.ofSeconds(30), () -> Bes.execute(bes.environment(closed, new StringWriter()), "watch"));

            assertThat(exitCode).isEqualTo(1);
        }
    }

    @Test
    void endsAtOnceWhenTheRunHasEndedBefore() {
        service.answers("GET /api/v1/runs/7/events", 204, STREAM, "")
                .answers("GET /api/v1/runs/7", 200, Answers.detail(Answers.run(7, "Cancelled", null, 2, 0), ""));

        assertThat(watch("7", "--moves").exitCode()).isEqualTo(3);
    }

    /** Only the refusal of the second connection ends it. */
    @Test
    void printsALineForEachChangeOfARunOfTheDefinition() {
        service.answers(
                        "GET /api/v1/runs/events",
                        200,
                        STREAM,
                        move(11, "a", "null", "Running")
                                + move(12, "a", "1", "Running")
                                + move(13, "b", "null", "Running")
                                + "id:20\nevent:gap\ndata:{\"after\":13,\"to\":20}\n\n")
                .answers("GET /api/v1/runs/events", 401, Answers.problem(401, "unauthorized", "No"));

        Result result = watch("--definition", "a", "-o", "json");

        assertThat(result.exitCode()).isEqualTo(5);
        assertThat(result.out().lines())
                .singleElement()
                .satisfies(
                        line -> assertThat(line).startsWith("{\"run\":7,\"definition\":\"a\",\"entry\":{\"id\":11,"));
        assertThat(result.err()).contains("More moves were missed", "bes login");
        assertThat(service.calls().getLast().lastEventId()).isEqualTo("20");
    }

    @Test
    void saysThatAnAnswerIsNoStream() {
        service.answers("GET /api/v1/runs/7/events", 200, STREAM, "event:move\ndata:{\"run\":\n\n");

        Result result = watch("7", "--moves", "--retry-for", "1ms");

        assertThat(result.exitCode()).isEqualTo(5);
        assertThat(result.err().lines().toList().getLast()).startsWith("bes: ").doesNotContain("Exception:");
    }
}
