package dev.bes.sandbox.portal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.sandbox.Sandbox;
import dev.bes.sandbox.SharedStore;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every page of the portal. */
class PortalTests {

    private static final Pattern PART = Pattern.compile("(?:href|src)=\"(/[^\"#]*\\.(?:css|js|svg))\"");
    private static final Pattern INLINE =
            Pattern.compile("<style|\\sstyle=|<script(?![^>]*\\ssrc=)|\\son[a-z]+=|javascript:");

    private static Sandbox sandbox;

    @BeforeAll
    static void start() {
        sandbox = Sandbox.start(SharedStore.options());
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/portal/apis", "/portal/no-such-page"})
    void bringsItsStyleAndScriptItselfAndHasNoneInline(String path) throws Exception {
        HttpResponse<String> page = get(path);

        assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html; charset=utf-8");
        assertThat(page.body()).doesNotContain("https://").doesNotContainPattern(INLINE);
        List<String> parts = PART.matcher(page.body())
                .results()
                .map(found -> found.group(1))
                .distinct()
                .toList();
        assertThat(parts)
                .hasSize(5)
                .allSatisfy(part -> assertThat(get(part).statusCode()).isEqualTo(200));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/portal/apis", "/portal/no-such-page", "/portal/app.css"})
    void forbidsInlineScriptFramesAndForeignForms(String path) throws Exception {
        assertThat(get(path).headers().map())
                .containsEntry(
                        "content-security-policy",
                        List.of("default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:;"
                                + " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"))
                .containsEntry("x-content-type-options", List.of("nosniff"))
                .containsEntry("referrer-policy", List.of("same-origin"));
    }

    @Test
    void hasThePageForAnUnknownAddress() throws Exception {
        HttpResponse<String> page = get("/portal/%3Cscript%3E");

        assertThat(page.statusCode()).isEqualTo(404);
        assertThat(page.body()).contains("<h1>Not found</h1>").doesNotContain("<script>");
    }

    @Test
    void saysWhichMethodsAnAddressTakes() {
        assertThat(post("/portal/apis", "", host())).startsWith("HTTP/1.1 405").containsIgnoringCase("Allow: GET");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "localhost:8091", "127.0.0.1", "127.9.8.7:1", "[::1]:80", "LOCALHOST"})
    void answersForLoopbackHosts(String host) {
        assertThat(call("GET", "/portal/apis", "", "Host: " + host)).startsWith("HTTP/1.1 200");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "example.org",
                "localhost.example.org",
                "127.0.0.1.example.org",
                "127.0.0.1@example.org",
                "8.8.8.8"
            })
    void answersForNoOtherHost(String host) {
        assertThat(call("GET", "/portal/apis", "", "Host: " + host))
                .matches("(?s)HTTP/1.1 4(00|21) .*")
                .doesNotContain("<h1>APIs");
    }

    private static HttpResponse<String> get(String path) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(sandbox.directUrl() + path)).build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, BodyHandlers.ofString());
        }
    }

    private static String host() {
        return "Host: " + sandbox.directUrl().getAuthority();
    }

    private static String post(String path, String body, String... headers) {
        return call("POST", path, body, headers);
    }

    private static String call(String method, String path, String body, String... headers) {
        return RawCall.send(sandbox.directUrl(), method, path, body, headers);
    }
}
