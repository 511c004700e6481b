package dev.bes.orchestrator.web.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.api.run.StateJson;
import dev.bes.orchestrator.TestEnvironment;
import dev.bes.orchestrator.run.query.RunFilter;
import dev.bes.orchestrator.run.query.RunReader;
import dev.bes.orchestrator.web.RawCaller;
import dev.bes.orchestrator.web.WebNode;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

/** Names by which callers call a node, and names that only lead to it (DNS rebinding). */
@Tag("slow")
class HostTests {
    @TempDir
    static Path folder;

    private static WebNode node;
    private static long run;

    @BeforeAll
    static void start() {
        node = WebNode.start(
                folder,
                TestEnvironment.newDatabase(),
                Map.of("orchestrator.web.hosts", "orchestrator.example, 10.1.2.3,fd00::1"));
        run = node.run("hanging");
        node.await(run, StateJson.RUNNING);
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static String ask(String method, String path, String host, String... headers) {
        return RawCaller.say(node.url(), RawCaller.request(method, path, host, headers));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:8080",
                "evil.example.",
                "localhost.evil.example",
                "127.0.0.1.evil.example",
                "evil-localhost",
                "xn--lcalhost-n4a",
                "sub.localhost",
                "orchestrator.example.evil",
                "evil.orchestrator.example",
                "0.0.0.0",
                "10.1.2.4",
                "169.254.169.254",
                "128.0.0.1",
                "2130706433",
                "0x7f000001",
                "127.1",
                "[::]",
                "[fd00::2]",
                "[::ffff:10.0.0.1]",
                "a,localhost",
                "127.0.0.1.",
            })
    void refusesForeignHosts(String host) {
        for (String path : List.of("/", "/api/v1/runs", "/app.css", "/actuator/health/liveness", "/no-such")) {
            String answer = ask("GET", path, host);

            assertThat(answer).as(path).matches("(?s)HTTP/1.1 4(21|00) .*").doesNotContain("hanging", "\"UP\"");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "localhost:1",
                "LocalHost",
                "localhost.",
                "127.0.0.1",
                "127.8.9.10:8080",
                "[::1]",
                "[0:0:0:0:0:0:0:1]:443",
                "[::ffff:127.0.0.1]",
                "orchestrator.example",
                "ORCHESTRATOR.example.:8443",
                "10.1.2.3",
                "[FD00:0::1]:80"
            })
    void answersOwnHosts(String host) {
        assertThat(ask("GET", "/api/v1/runs/" + run, host)).startsWith("HTTP/1.1 200");
    }

    @Test
    void answersAForeignHostWithAProblemThatNamesTheSetting() {
        String answer = ask("GET", "/api/v1/runs/" + run, "evil.example", "Accept: text/html");

        assertThat(answer)
                .startsWith("HTTP/1.1 421")
                .contains("application/problem+json", "/docs/problems#misdirected", "orchestrator.web.hosts")
                .contains("host 'evil.example'", "Cache-Control: no-store");
    }

    /** Every address that the service has, by every method. */
    @Test
    void refusesForeignHostsOnEveryPath() {
        Set<String> paths = paths();
        assertThat(paths)
                .contains(
                        "/",
                        "/definitions",
                        "/attention",
                        "/docs/problems",
                        "/error",
                        "/api/v1/runs",
                        "/actuator/health")
                .hasSizeGreaterThan(18);
        int before = runs();

        for (String path : paths) {
            for (String method : List.of("GET", "HEAD", "POST", "OPTIONS")) {
                assertThat(ask(method, path, "evil.example", "Content-Length: 0"))
                        .as(method + " " + path)
                        .startsWith("HTTP/1.1 421");
            }
        }

        assertThat(runs()).isEqualTo(before);
        assertThat(node.part(RunReader.class).find(run).orElseThrow().cancelRequestedAt())
                .as("cancellation")
                .isNull();
    }

    private static Set<String> paths() {
        Set<String> paths = new TreeSet<>(List.of("/app.css", "/favicon.svg", "/stale.js"));
        for (HandlerMapping mapping :
                Objects.requireNonNull(node.part(DispatcherServlet.class).getHandlerMappings())) {
            if (mapping instanceof RequestMappingInfoHandlerMapping methods) {
                methods.getHandlerMethods()
                        .keySet()
                        .forEach(info -> info.getPatternValues().forEach(pattern -> paths.add(concrete(pattern))));
            }
        }
        return paths;
    }

    private static String concrete(String pattern) {
        return pattern.replaceAll("\\{id:[^/]*}", String.valueOf(run))
                .replaceAll("\\{position:[^/]*}", "1")
                .replaceAll("\\{[^/]*}", "x")
                .replace("**", "x");
    }

    private static int runs() {
        return node.part(RunReader.class).list(RunFilter.ALL, 200).size();
    }

    @Test
    void ignoresForwardedHostHeaders() {
        assertThat(ask(
                        "GET",
                        "/api/v1/runs",
                        "evil.example",
                        "X-Forwarded-Host: localhost",
                        "Forwarded: host=localhost"))
                .startsWith("HTTP/1.1 421");
        assertThat(ask("GET", "/api/v1/runs", "localhost", "X-Forwarded-Host: evil.example"))
                .startsWith("HTTP/1.1 200")
                .doesNotContain("evil.example");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /api/v1/runs HTTP/1.1\r\n",
                "GET /api/v1/runs HTTP/1.0\r\n",
                "GET /api/v1/runs HTTP/1.1\r\nHost:\r\n",
                "GET /api/v1/runs HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n",
                "GET /api/v1/runs HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n",
                "GET /api/v1/runs HTTP/1.1\r\nHost: localhost:99999999\r\n",
                "GET /api/v1/runs HTTP/1.1\r\nHost: local host\r\n",
                "GET /api/v1/runs HTTP/1.1\r\nHost: [::1\r\n",
                "GET /api/v1/runs HTTP/1.1\r\nHost: user@localhost\r\n",
                "GET http://evil.example/api/v1/runs HTTP/1.1\r\nHost: localhost\r\n",
                "GET http://evil.example/api/v1/runs HTTP/1.1\r\nHost: evil.example\r\n",
                "GET http://evil.example/api/v1/runs HTTP/1.0\r\n",
                "GET http://localhost@evil.example/api/v1/runs HTTP/1.1\r\nHost: evil.example\r\n",
                "CONNECT evil.example:80 HTTP/1.1\r\nHost: evil.example\r\n"
            })
    void refusesMalformedHostHeaders(String head) {
        assertThat(RawCaller.say(node.url(), head + "Connection: close\r\n\r\n"))
                .matches("(?s)HTTP/1.1 (421|400|501) .*")
                .contains("application/problem+json")
                .doesNotContain("\"runs\"");
    }

    @Test
    void acceptsAnOwnHostInAnAbsoluteRequestTarget() {
        int port = URI.create(node.url()).getPort();
        String request =
                "GET http://localhost:%1$d/api/v1/runs HTTP/1.1\r\nHost: localhost:%1$d\r\nConnection: close\r\n\r\n"
                        .formatted(port);

        assertThat(RawCaller.say(node.url(), request)).startsWith("HTTP/1.1 200");
    }

    @Test
    void refusesAForeignOriginWhateverTheHost() {
        assertThat(ask("POST", "/api/v1/runs/" + run + "/cancel", "localhost", "Origin: http://orchestrator.example"))
                .startsWith("HTTP/1.1 403");
    }
}
