package dev.bes.sandbox.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bes.sandbox.http.RawConnection.RawReply;
import java.io.UncheckedIOException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTP/1.1 as clients see it on the wire. Source: RFC 9110 and RFC 9112. */
class HttpPortTests {

    private static final String HOST = "Host: 127.0.0.1";

    private static HttpPort port;

    @BeforeAll
    static void start() {
        port = HttpPort.open(0, HttpPortTests::answer);
    }

    @AfterAll
    static void stop() {
        port.close();
    }

    /** Echoes, or answers with the status in the path. */
    private static Reply answer(Request request) {
        if (request.path().startsWith("/status/")) {
            int status = Integer.parseInt(request.path().substring("/status/".length()));
            return new Reply(status, Map.of("Content-Type", "text/plain"), status == 204 ? "" : "a body");
        }
        if (request.path().equals("/bug")) {
            throw new IllegalStateException("a bug");
        }
        String body = request.method() + " " + request.path() + " " + request.query() + " " + request.host() + " ["
                + request.body() + "]";
        return new Reply(200, Map.of("Content-Type", "text/plain"), body);
    }

    private static RawReply send(String... lines) {
        try (RawConnection connection = new RawConnection(port.url())) {
            return connection.head(lines).reply();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "200, OK",
        "201, Created",
        "202, Accepted",
        "204, No Content",
        "303, See Other",
        "400, Bad Request",
        "401, Unauthorized",
        "403, Forbidden",
        "404, Not Found",
        "405, Method Not Allowed",
        "408, Request Timeout",
        "409, Conflict",
        "412, Precondition Failed",
        "413, Content Too Large",
        "415, Unsupported Media Type",
        "421, Misdirected Request",
        "422, Unprocessable Content",
        "429, Too Many Requests",
        "431, Request Header Fields Too Large",
        "500, Internal Server Error",
        "502, Bad Gateway",
        "503, Service Unavailable",
        "504, Gateway Timeout"
    })
    void namesTheReasonOfEachStatus(int status, String reason) {
        assertThat(send("GET /status/" + status + " HTTP/1.1", HOST).statusLine())
                .isEqualTo("HTTP/1.1 " + status + " " + reason);
    }

    @Test
    void readsAChunkedBodyWithTrailersAndKeepsTheConnection() {
        try (RawConnection connection = new RawConnection(port.url())) {
            connection.head("POST /a HTTP/1.1", HOST, "Transfer-Encoding: chunked", "Trailer: X-Sum");
            connection.bytes("3\r\nabc\r\n5;ext=1\r\ndefgh\r\n0\r\nX-Sum: 7\r\nX-More: 8\r\n\r\n");
            assertThat(connection.reply().body()).endsWith("[abcdefgh]");

            assertThat(connection.head("GET /b HTTP/1.1", HOST).reply().body()).startsWith("GET /b");
        }
    }

    @Test
    void continuesWithoutAHeaderOfTheBodyWhenAsked() {
        try (RawConnection connection = new RawConnection(port.url())) {
            connection.head("POST /a HTTP/1.1", HOST, "Expect: 100-continue", "Content-Length: 3");
            assertThat(connection.replyHead()).satisfies(reply -> {
                assertThat(reply.statusLine()).isEqualTo("HTTP/1.1 100 Continue");
                assertThat(reply.headers()).isEmpty();
            });
            assertThat(connection.bytes("abc").reply().body()).endsWith("[abc]");
        }
    }

    @Test
    void refusesAnotherExpectation() {
        assertThat(send("POST /a HTTP/1.1", HOST, "Expect: 200-ok", "Content-Length: 0")
                        .statusLine())
                .isEqualTo("HTTP/1.1 417 Expectation Failed");
    }

    @Test
    void refusesABodyThatIsTooLargeBeforeItIsSent() {
        try (RawConnection connection = new RawConnection(port.url())) {
            connection.head("POST /a HTTP/1.1", HOST, "Expect: 100-continue", "Content-Length: 67108865");

            RawReply reply = connection.reply();
            assertThat(reply.statusLine()).isEqualTo("HTTP/1.1 413 Content Too Large");
            assertThat(reply.body()).contains("67108864 bytes");
            assertThat(connection.isClosed()).isTrue();
        }
    }

    @Test
    void refusesChunksThatAreTooLargeTogether() {
        try (RawConnection connection = new RawConnection(port.url())) {
            connection.head("POST /a HTTP/1.1", HOST, "Transfer-Encoding: chunked");
            String chunk = "100000\r\n" + "x".repeat(1 << 20) + "\r\n";
            for (int i = 0; i < 64; i++) {
                connection.bytes(chunk);
            }
            assertThat(connection.bytes("1\r\nx\r\n0\r\n\r\n").reply().statusLine())
                    .isEqualTo("HTTP/1.1 413 Content Too Large");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /a HTTP/1.1",
                "GET /a HTTP/1.1|Host: a|Host: b",
                "GET /a HTTP/1.1|Host: a|Host: a",
                "GET /a HTTP/1.1|Host: a b",
                "GET /a HTTP/1.1|Host: a,b",
                "POST /a HTTP/1.1|Host: a|Content-Length: 1|Content-Length: 2",
                "POST /a HTTP/1.1|Host: a|Content-Length: 3|Transfer-Encoding: chunked",
                "POST /a HTTP/1.1|Host: a|Content-Length: -1",
                "POST /a HTTP/1.1|Host: a|Content-Length: +1",
                "POST /a HTTP/1.1|Host: a|Transfer-Encoding: gzip",
                "GET /a HTTP/1.1|Host: a|X : y",
                "GET /a HTTP/1.1|Host: a|X: y| folded",
                "GET /a b HTTP/1.1|Host: a",
                "GET /a/../b HTTP/1.1|Host: a",
                "GET /a/. HTTP/1.1|Host: a",
                "GET /a/%2e%2E/b HTTP/1.1|Host: a",
                "GET /a/..;/b HTTP/1.1|Host: a",
                "GET /%zz HTTP/1.1|Host: a",
                "GET /%4 HTTP/1.1|Host: a",
                "GET /%u0041 HTTP/1.1|Host: a",
                "GET /%00 HTTP/1.1|Host: a",
                "GET /%ff HTTP/1.1|Host: a",
                "GET /?a=%zz HTTP/1.1|Host: a",
                "GET /?a=% HTTP/1.1|Host: a"
            })
    void refusesWhatHttpForbidsOrCanBeReadInTwoWays(String lines) {
        RawReply reply = send(lines.split("\\|"));

        assertThat(reply.statusLine()).isEqualTo("HTTP/1.1 400 Bad Request");
        assertThat(reply.headers()).noneMatch(line -> line.startsWith("Server"));
        assertThat(reply.headers()).contains("Content-Type: text/plain; charset=utf-8");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/a%2Fb%25c        | /a%2Fb%25c {}",
                "//a//b            | //a//b {}",
                "/a+b%20c          | /a+b%20c {}",
                "/a;b=c            | /a;b=c {}",
                "/%C3%A9           | /%C3%A9 {}",
                "/a{b}[c]^d`e      | /a{b}[c]^d`e {}",
                "/%61%7e%2D%5a%20  | /a~-Z%20 {}",
                "/a?x=1+2%26&x=3&y | /a {x=1 2&, y=}",
                "/a??b=/?          | /a {?b=/?}"
            })
    void givesTheRawPathAndTheDecodedQuery(String target, String seen) {
        assertThat(send("GET " + target + " HTTP/1.1", HOST).body()).startsWith("GET " + seen + " 127.0.0.1 ");
    }

    @Test
    void takesTheHostOfAnAbsoluteUrlInsteadOfTheHeader() {
        assertThat(send("GET http://localhost:81/a?b=c HTTP/1.1", "Host: elsewhere")
                        .body())
                .startsWith("GET /a {b=c} localhost:81 ");
        assertThat(send("GET http://localhost:81 HTTP/1.1", HOST).body()).startsWith("GET / {} localhost:81 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"OPTIONS * HTTP/1.1", "CONNECT localhost:80 HTTP/1.1"})
    void doesNotServeWhatHasNoPath(String line) {
        assertThat(send(line, "Host: localhost:80").statusLine()).isEqualTo("HTTP/1.1 501 Not Implemented");
    }

    @Test
    void answersHeadWithTheLengthAndWithoutTheBody() {
        try (RawConnection connection = new RawConnection(port.url())) {
            RawReply reply = connection.head("HEAD /status/200 HTTP/1.1", HOST).replyHead();

            assertThat(reply.headers()).contains("Content-Length: 6");
            assertThat(connection.head("GET /b HTTP/1.1", HOST).reply().body()).startsWith("GET /b");
        }
    }

    @Test
    void statesNoLengthWhereThereIsNoBody() {
        assertThat(send("GET /status/204 HTTP/1.1", HOST).headers())
                .noneMatch(line -> line.startsWith("Content-" + "Length"));
        assertThat(send("GET /bug HTTP/1.1", HOST)).satisfies(reply -> {
            assertThat(reply.statusLine()).isEqualTo("HTTP/1.1 500 Internal Server Error");
            assertThat(reply.headers()).contains("Content-Length: 0");
        });
    }

    @Test
    void answersPipelinedRequestsInTheirOrder() {
        try (RawConnection connection = new RawConnection(port.url())) {
            connection.bytes("POST /1 HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nxy"
                    + "GET /status/503 HTTP/1.1\r\nHost: a\r\n\r\nGET /3 HTTP/1.1\r\nHost: a\r\n\r\n");

            assertThat(connection.reply().body()).startsWith("POST /1");
            assertThat(connection.reply().statusLine()).contains("503");
            assertThat(connection.reply().body()).startsWith("GET /3");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/status/400", "/status/429", "/status/500", "/bug"})
    void keepsTheConnectionAfterARefusal(String target) {
        try (RawConnection connection = new RawConnection(port.url())) {
            connection
                    .head("POST " + target + " HTTP/1.1", HOST, "Content-Length: 3")
                    .bytes("abc");
            assertThat(connection.reply().statusLine()).doesNotContain("200");

            assertThat(connection.head("GET /b HTTP/1.1", HOST).reply().body()).startsWith("GET /b");
        }
    }

    @Test
    void closesTheConnectionWhenAskedAndAfterHttp10() {
        try (RawConnection connection = new RawConnection(port.url())) {
            RawReply reply = connection
                    .head("GET /a HTTP/1.1", HOST, "Connection: close")
                    .reply();
            assertThat(reply.headers()).contains("Connection: close");
            assertThat(connection.isClosed()).isTrue();
        }
        try (RawConnection connection = new RawConnection(port.url())) {
            assertThat(connection.head("GET /a HTTP/1.0").reply().statusLine()).endsWith("200 OK");
            assertThat(connection.isClosed()).isTrue();
        }
    }

    @Test
    void boundsRequestLineAndHeaders() {
        String limit = "x".repeat(16_384);
        assertThat(send("GET /" + limit + " HTTP/1.1", HOST).statusLine()).contains("200");
        assertThat(send("GET /" + limit + limit + " HTTP/1.1", HOST).statusLine())
                .isEqualTo("HTTP/1.1 414 URI Too Long");
        assertThat(send("GET / HTTP/1.1", HOST, "X: " + limit).statusLine()).contains("200");
        assertThat(send("GET / HTTP/1.1", HOST, "X: " + limit + limit).statusLine())
                .isEqualTo("HTTP/1.1 431 Request Header Fields Too Large");
    }

    @Test
    void refusesAnUnknownVersion() {
        assertThat(send("GET / HTTP/3.7", HOST).statusLine()).isEqualTo("HTTP/1.1 505 HTTP Version Not Supported");
    }

    @Test
    void saysWhichPortIsTaken() {
        int taken = port.url().getPort();

        assertThatThrownBy(() -> HttpPort.open(taken, HttpPortTests::answer))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageStartingWith("Cannot listen on port " + taken + ": ");
    }
}
