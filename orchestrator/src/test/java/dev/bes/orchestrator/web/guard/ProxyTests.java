package dev.bes.orchestrator.web.guard;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.TestEnvironment;
import dev.bes.orchestrator.web.Caller;
import dev.bes.orchestrator.web.Caller.Answer;
import dev.bes.orchestrator.web.Form;
import dev.bes.orchestrator.web.RawCaller;
import dev.bes.orchestrator.web.WebNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A node behind a reverse proxy under a path prefix, a node with a prefix of its own, and callers who play a proxy. */
@Tag("slow")
class ProxyTests {
    private static final Pattern LINK =
            Pattern.compile("(?:href|src|action|hx-get|hx-post)=\"([^\"#]*)\"|\"(/[^\"]*)\"");

    @TempDir
    static Path folder;

    private static WebNode behindProxy;
    private static WebNode withPrefix;
    private static ReverseProxy proxy;

    @BeforeAll
    static void start() throws IOException {
        behindProxy = WebNode.start(
                folder.resolve("a"),
                TestEnvironment.newDatabase(),
                Map.of(
                        "orchestrator.web.trusted-proxies", "127.0.0.1",
                        "orchestrator.web.hosts", "orchestrator.example"));
        proxy = ReverseProxy.before(URI.create(behindProxy.url()), "/team/scoring");
        withPrefix = WebNode.start(
                folder.resolve("b"), TestEnvironment.newDatabase(), Map.of("server.servlet.context-path", "/own"));
    }

    @AfterAll
    static void stop() {
        proxy.close();
        behindProxy.close();
        withPrefix.close();
    }

    static List<URI> sites() {
        return List.of(proxy.url(), URI.create(withPrefix.url() + "/own"));
    }

    /** Follows every link, file and htmx address of the pages and of the JSON. */
    @ParameterizedTest
    @MethodSource("sites")
    void everyLinkOfPagesAndJsonLeadsToAnAnswerUnderThePrefix(URI site) {
        Caller caller = new Caller(site);
        String prefix = site.getPath();
        String run = caller.post(prefix + "/api/v1/runs", "{\"definition\": \"hanging\"}")
                .json()
                .get("id")
                .asString();
        Set<String> seen = new TreeSet<>();
        Deque<String> open = new ArrayDeque<>(List.of(
                prefix + "/",
                prefix + "/definitions",
                prefix + "/attention",
                prefix + "/docs/problems",
                prefix + "/audit?limit=2",
                prefix + "/api/v1/audit?limit=2",
                prefix + "/api/v1/users",
                prefix + "/api/v1/runs",
                prefix + "/api/v1/runs/" + run,
                prefix + "/api/v1/definitions"));
        while (!open.isEmpty()) {
            String address = open.pop();
            if (!seen.add(address)) {
                continue;
            }
            Answer answer = caller.get(address);

            // what changes something is there, but not for GET
            assertThat(answer.status()).as(address).isIn(200, 405);
            if (answer.status() == 200 && answer.header("Content-Type").matches("text/html.*|application/json.*")) {
                LINK.matcher(answer.body()).results().map(ProxyTests::target).forEach(target -> {
                    assertThat(target).as("on " + address).startsWith(prefix + "/");
                    open.add(target.replace("&amp;", "&"));
                });
            }
        }
        assertThat(seen)
                .anyMatch(address -> address.matches(Pattern.quote(prefix) + "/app-[0-9a-f]+\\.css"))
                .anyMatch(address -> address.contains("/webjars/"))
                .contains(prefix + "/runs/" + run, prefix + "/api/v1/runs/" + run + "/cancel");
    }

    private static String target(MatchResult link) {
        String target = link.group(1) == null ? link.group(2) : link.group(1);
        return target.replaceFirst("^https?://[^/]+", "");
    }

    @ParameterizedTest
    @MethodSource("sites")
    void redirectsAndLocationsLeadUnderThePrefix(URI site) {
        Caller caller = new Caller(site);

        Answer accepted = caller.post(site.getPath() + "/api/v1/runs", "{\"definition\": \"greetings\"}");
        Answer form = caller.post(
                site.getPath() + "/definitions/greetings/runs",
                new Form("").with("key", "0b6dd2d2-8a84-4d0c-9f0a-6a2f4c1f5d01"),
                "Accept",
                "text/html",
                "Origin",
                site.getScheme() + "://" + site.getAuthority());

        assertThat(accepted.header("Location")).startsWith(site.getPath() + "/api/v1/runs/");
        assertThat(form.status()).isEqualTo(302);
        assertThat(site.resolve(form.header("Location")).toString()).startsWith(site + "/runs/");
    }

    @ParameterizedTest
    @MethodSource("sites")
    void problemsNameAddressesUnderThePrefix(URI site) {
        Answer unknown = new Caller(site).get(site.getPath() + "/api/v1/runs/4711000");

        assertThat(unknown.json().get("type").asString()).isEqualTo(site.getPath() + "/docs/problems#unknown-run");
        assertThat(unknown.json().get("instance").asString()).isEqualTo(site.getPath() + "/api/v1/runs/4711000");
        assertThat(new Caller(site)
                        .get(site.getPath() + "/runs/abc")
                        .json()
                        .get("detail")
                        .asString())
                .contains("no run 'abc'");
    }

    @Test
    void changesFromAPageOfAnotherSiteAreRefusedThroughTheProxyToo() {
        Caller caller = new Caller(proxy.url());

        assertThat(caller.post("/team/scoring/api/v1/runs", "{}", "Origin", "https://evil.example")
                        .status())
                .isEqualTo(403);
        // the name of the node behind the proxy is another site to the browser
        assertThat(caller.post("/team/scoring/api/v1/runs", "{}", "Origin", behindProxy.url())
                        .status())
                .isEqualTo(403);
    }

    /** From an address that is not trusted, whatever the headers say, the answer is the one without them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Forwarded-Host: evil.example",
                "X-Forwarded-Prefix: /evil",
                "X-Forwarded-Proto: https",
                "X-Forwarded-Ssl: on",
                "X-Forwarded-Port: 1",
                "X-Forwarded-For: 127.0.0.1",
                "x-forwarded-prefix: //evil.example",
                "Forwarded: for=127.0.0.1;host=evil.example;proto=https",
                "X-Forwarded-Host: evil.example\r\nForwarded: host=evil.example"
            })
    void ignoresForgedHeadersOfProxiesThatAreNotTrusted(String header) throws IOException {
        String answer = from("127.0.0.2", "GET", "/definitions", "localhost", header);

        assertThat(answer)
                .startsWith("HTTP/1.1 200")
                .contains("href=\"/definitions\"")
                .doesNotContain("evil", "Strict-Transport-Security", "https://");
    }

    /** The trusted proxy's word counts instead of the Host header, and is checked in its place. */
    @Test
    void checksTheForwardedHostLikeAHost() throws IOException {
        assertThat(from("127.0.0.1", "GET", "/api/v1/runs", "localhost", "X-Forwarded-Host: evil.example"))
                .startsWith("HTTP/1.1 421")
                .contains("host 'evil.example'");
        assertThat(from("127.0.0.1", "GET", "/api/v1/runs", "inner-name", "X-Forwarded-Host: orchestrator.example"))
                .startsWith("HTTP/1.1 200");
        assertThat(from("127.0.0.1", "GET", "/api/v1/runs", "inner-name", "Forwarded: host=orchestrator.example"))
                .startsWith("HTTP/1.1 200");
        assertThat(from("127.0.0.1", "GET", "/api/v1/runs", "localhost", "Forwarded: host=evil.example"))
                .startsWith("HTTP/1.1 421");
    }

    @Test
    void addsHstsWhenTheProxyWasCalledByHttps() throws IOException {
        assertThat(from(
                        "127.0.0.1",
                        "GET",
                        "/definitions",
                        "localhost",
                        "X-Forwarded-Proto: https",
                        "X-Forwarded-Host: orchestrator.example"))
                .contains("Strict-Transport-Security: max-age=31536000")
                .contains("https://orchestrator.example/api/v1/runs");
        assertThat(from("127.0.0.1", "GET", "/definitions", "localhost")).doesNotContain("Strict-Transport-Security");
    }

    @Test
    void refusesAPrefixThatLeadsElsewhereWithAProblem() throws IOException {
        assertThat(from("127.0.0.1", "GET", "/", "localhost", "X-Forwarded-Prefix: //evil.example"))
                .startsWith("HTTP/1.1 400")
                .contains(
                        "application/problem+json", "#bad-forwarding", "X-Forwarded-Prefix", "Content-Security-Policy")
                .doesNotContain("evil");
    }

    private static String from(String address, String method, String path, String host, String... headers)
            throws IOException {
        URI node = URI.create(behindProxy.url());
        try (Socket socket =
                new Socket(InetAddress.ofLiteral("127.0.0.1"), node.getPort(), InetAddress.ofLiteral(address), 0)) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream()
                    .write(RawCaller.request(method, path, host, headers).getBytes(ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }
}
