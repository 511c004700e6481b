package dev.bes.orchestrator.web.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.web.RawCaller;
import dev.bes.orchestrator.web.WebNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The headers by which browsers protect users, on every kind of answer. */
@Tag("slow")
class SecurityHeadersTests {
    private static final List<String> HEADERS = List.of(
            "Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
                    + " connect-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'\r\n",
            "X-Content-Type-Options: nosniff\r\n",
            "X-Frame-Options: DENY\r\n",
            "Referrer-Policy: same-origin\r\n",
            "Permissions-Policy: camera=()",
            "Cross-Origin-Opener-Policy: same-origin\r\n",
            "Cross-Origin-Resource-Policy: same-origin\r\n");

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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\n",
                "GET /definitions HTTP/1.1\r\nHost: localhost\r\n",
                "GET /attention HTTP/1.1\r\nHost: localhost\r\n",
                "GET /audit HTTP/1.1\r\nHost: localhost\r\n",
                "GET /users HTTP/1.1\r\nHost: localhost\r\n",
                "GET /keys HTTP/1.1\r\nHost: localhost\r\n",
                "GET /account HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\n",
                "GET /sign-in HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\n",
                "GET /runs/1 HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\n",
                "GET /docs/problems HTTP/1.1\r\nHost: localhost\r\n",
                "GET /docs/api HTTP/1.1\r\nHost: localhost\r\n",
                "GET /docs/openapi.yaml HTTP/1.1\r\nHost: localhost\r\n",
                "GET /api/v1/runs HTTP/1.1\r\nHost: localhost\r\n",
                "GET /app.css HTTP/1.1\r\nHost: localhost\r\n",
                "GET /stale.js HTTP/1.1\r\nHost: localhost\r\n",
                "GET /favicon.svg HTTP/1.1\r\nHost: localhost\r\n",
                "GET /webjars/htmx.org/dist/htmx.min.js HTTP/1.1\r\nHost: localhost\r\n",
                "GET /livez HTTP/1.1\r\nHost: localhost\r\n",
                "GET /no-such HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\n",
                "GET /no-such HTTP/1.1\r\nHost: localhost\r\n",
                "GET /runs/;x=1 HTTP/1.1\r\nHost: localhost\r\n",
                "GET /%2e%2e/ HTTP/1.1\r\nHost: localhost\r\n",
                "GET /a%00b HTTP/1.1\r\nHost: localhost\r\n",
                "GET /?%zz HTTP/1.1\r\nHost: localhost\r\n",
                "GET / HTTP/1.1\r\nHost: evil.example\r\n",
                "GET / HTTP/1.1\r\n",
                "GET /[ HTTP/1.1\r\nHost: localhost\r\n",
                "DELETE / HTTP/1.1\r\nHost: localhost\r\n",
                "TRACE / HTTP/1.1\r\nHost: localhost\r\n",
                "OPTIONS /api/v1/runs HTTP/1.1\r\nHost: localhost\r\n",
                "POST /api/v1/runs HTTP/1.1\r\nHost: localhost\r\nOrigin: https://evil.example\r\nContent-Length: 0\r\n",
                "POST /api/v1/runs HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 1\r\n\r\n{",
            })
    void areOnEveryAnswer(String head) {
        assertThat(RawCaller.say(node.url(), head.replaceFirst("\r\n", "\r\nConnection: close\r\n") + "\r\n"))
                .startsWith("HTTP/1.1 ")
                .contains(HEADERS.toArray(String[]::new));
    }

    /** What the policy would block has no place in a page: each would fail silently. */
    @Test
    void noPageHasScriptOrStyleInside() throws IOException {
        try (Stream<Path> templates = Files.walk(Path.of("src/main/resources/templates"))) {
            for (Path template : templates.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(template))
                        .as(template.toString())
                        .doesNotContainPattern(
                                "(?i)<style|\\sstyle=|\\son[a-z]+=|javascript:|hx-on|th:on|th:style|<base")
                        .doesNotContainPattern("(?i)<script(?![^>]*src=)[^>]*>");
            }
        }
    }
}
