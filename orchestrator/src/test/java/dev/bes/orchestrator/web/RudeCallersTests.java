package dev.bes.orchestrator.web;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bes.orchestrator.run.query.RunFilter;
import dev.bes.orchestrator.run.query.RunReader;
import dev.bes.orchestrator.run.query.RunView;
import dev.bes.orchestrator.web.Caller.Answer;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Callers that hang up, hang on, or send what no browser would. */
@Timeout(120)
@Tag("slow")
class RudeCallersTests {
    private static final String BODY = "{\"definition\": \"hanging\"}";

    @TempDir
    static Path folder;

    private static WebNode node;

    @BeforeAll
    static void start() {
        node = WebNode.start(folder);
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static Socket connect() throws IOException {
        URI url = URI.create(node.url());
        Socket socket = new Socket(url.getHost(), url.getPort());
        socket.setSoTimeout(20_000);
        return socket;
    }

    private static String post(String headers, String body) {
        return "POST /api/v1/runs HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nConnection: close\r\n"
                + headers + "\r\n" + body;
    }

    private static String say(String request) throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(request.getBytes(US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), US_ASCII);
        }
    }

    private static List<RunView> hanging() {
        return node.part(RunReader.class).list(RunFilter.ALL.of("hanging"), 100);
    }

    @Test
    void hangUpBeforeTheAnswerAndFindTheirRunWhenTheyAskAgain() throws IOException {
        int before = hanging().size();
        try (Socket socket = connect()) {
            socket.getOutputStream()
                    .write(post("Idempotency-Key: gone-before\r\nContent-Length: " + BODY.length() + "\r\n", BODY)
                            .getBytes(US_ASCII));
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> hanging().size() == before + 1);

        Answer again = node.caller().post("/api/v1/runs", BODY, "Idempotency-Key", "gone-before");

        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(again.json().get("id").asLong())
                .isEqualTo(hanging().getFirst().id());
        assertThat(hanging()).hasSize(before + 1);
    }

    @Test
    void keepNobodyElseWaitingWithConnectionsOnWhichTheySayNothing() throws IOException {
        List<Socket> idle = new ArrayList<>();
        try {
            for (int i = 0; i < 400; i++) {
                Socket socket = connect();
                socket.getOutputStream()
                        .write("POST /api/v1/runs HTTP/1.1\r\nHost: localhost\r\nX-Slow: ".getBytes(US_ASCII));
                idle.add(socket);
            }
            assertThat(node.caller().get("/api/v1/runs").status()).isEqualTo(200);
            assertThat(node.caller().get("/actuator/health/liveness").status()).isEqualTo(200);
        } finally {
            for (Socket socket : idle) {
                socket.close();
            }
        }
    }

    @Test
    void askForAPageAThousandTimesAtOnceAndAreAnsweredOrToldToComeBack() throws IOException {
        List<Socket> askers = new ArrayList<>();
        try {
            for (int i = 0; i < 1_000; i++) {
                Socket socket = connect();
                socket.setSoTimeout(60_000);
                socket.getOutputStream()
                        .write(RawCaller.request("GET", "/", "localhost", "Accept: text/html")
                                .getBytes(US_ASCII));
                askers.add(socket);
            }
            assertThat(node.caller().get("/actuator/health/liveness").status()).isEqualTo(200);
            for (Socket socket : askers) {
                assertThat(new String(socket.getInputStream().readNBytes(12), US_ASCII))
                        .isIn("HTTP/1.1 200", "HTTP/1.1 503");
            }
        } finally {
            for (Socket socket : askers) {
                socket.close();
            }
        }
        assertThat(node.caller().get("/actuator/health/readiness").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 4\r\nContent-Length: 24\r\n",
                "Content-Length: 24\r\nTransfer-Encoding: xchunked\r\n",
                "Content-Length: -1\r\n",
                "Content-Length: 99999999999999999999\r\n",
                "Transfer-Encoding : chunked\r\n",
                "X-Line: a\rb\r\nContent-Length: 24\r\n"
            })
    void smuggleNoSecondRequestBehindTheFirst(String headers) throws IOException {
        int before = hanging().size();

        String answer = say(post(headers, BODY + "POST /api/v1/runs HTTP/1.1\r\nHost: localhost\r\n\r\n"));

        assertThat(answer).matches("(?s)HTTP/1.1 (400|501|405|411|415) .*");
        assertThat(answer.split("HTTP/1.1 ", -1)).as("one answer").hasSize(2);
        assertThat(hanging()).hasSize(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"state", "owner", "occurrence", "id", "createdAt", "delivery"})
    void setNoInternalFieldByJson(String field) {
        Answer answer = node.caller()
                .post("/api/v1/runs", "{\"definition\": \"greetings\", \"%s\": \"Finished\"}".formatted(field));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().get("detail").asString()).contains("unknown key '" + field + "'");
    }

    @Test
    void overrideNoHttpMethod() {
        long run = node.run("hanging");

        Answer answer =
                node.caller().get("/api/v1/runs/" + run + "?_method=DELETE", "X-HTTP-Method-Override", "DELETE");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(node.caller().get("/api/v1/runs/" + run + "/cancel").status())
                .isIn(404, 405);
        assertThat(node.part(RunReader.class).find(run).orElseThrow().cancelRequestedAt())
                .isNull();
    }

    @Test
    void getNoCorsHeaders() {
        Answer answer = node.caller().get("/api/v1/runs", "Origin", "https://evil.example");

        assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
        assertThat(answer.header("Access-Control-Allow-Credentials")).isEmpty();
    }
}
