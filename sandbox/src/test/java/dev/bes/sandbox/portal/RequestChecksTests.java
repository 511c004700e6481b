package dev.bes.sandbox.portal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bes.sandbox.http.HttpPort;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which requests reach an action of the portal, and what of them. */
class RequestChecksTests {

    private static final String FORM = "Content-Type: application/x-www-form-urlencoded";

    private static HttpPort port;

    @BeforeAll
    static void start() {
        Pages pages = new Pages();
        Page echo = request ->
                pages.page("error", Map.of("status", 200, "title", request.variables(), "detail", request.form()));
        Page broken = request -> {
            throw new IllegalStateException("secret of the inside");
        };
        port = HttpPort.open(
                0,
                new Portal(
                        pages,
                        List.of(Route.post("/portal/things/{id}/do", echo), Route.get("/portal/broken", broken))));
    }

    @AfterAll
    static void stop() {
        port.close();
    }

    @Test
    void decodesVariablesAndFieldsAndEscapesThem() {
        assertThat(post("a=1&b=x+y%26&a=2&c=%3Cb%3E", FORM))
                .startsWith("HTTP/1.1 200")
                .contains("{id=a+b c}", "{a=1, b=x y&amp;, c=&lt;b&gt;}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Sec-Fetch-Site: same-origin", "Origin: http://HOST", "X-Nothing: 1"})
    void takesRequestsOfItsOwnPagesAndOfPrograms(String header) {
        assertThat(post("a=1", FORM, own(header))).startsWith("HTTP/1.1 200");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sec-Fetch-Site: cross-site",
                "Sec-Fetch-Site: same-site",
                "Origin: http://example.org",
                "Origin: http://localhost:1",
                "Origin: null",
                "Origin: http://HOST.example.org"
            })
    void refusesRequestsOfOtherPages(String header) {
        assertThat(post("a=1", FORM, own(header))).startsWith("HTTP/1.1 403").doesNotContain("{a=1}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=%", "%q=1", "a=%4"})
    void refusesABrokenEscape(String body) {
        assertThat(post(body, FORM)).startsWith("HTTP/1.1 400").contains("two hexadecimal digits");
        assertThatThrownBy(() -> Route.get("/portal/{id}", request -> Pages.redirect("/"))
                        .match("/portal/" + body))
                .isInstanceOf(PageError.class);
    }

    @Test
    void refusesWhatIsNoForm() {
        assertThat(post("{\"a\":1}", "Content-Type: application/json")).startsWith("HTTP/1.1 415");
    }

    @Test
    void refusesAFormThatIsTooLarge() {
        assertThat(post("a=" + "x".repeat(FormReader.MOST_BYTES), FORM)).startsWith("HTTP/1.1 413");
        assertThat(post("a=" + "x".repeat(FormReader.MOST_BYTES - 2), FORM)).startsWith("HTTP/1.1 200");
    }

    @Test
    void refusesAFormWithTooManyFields() {
        StringBuilder fields = new StringBuilder();
        for (int i = 0; i < FormReader.MOST_FIELDS; i++) {
            fields.append("f").append(i).append("=&");
        }
        assertThat(post(fields.substring(0, fields.length() - 1), FORM)).startsWith("HTTP/1.1 200");
        assertThat(post(fields + "one=more", FORM)).startsWith("HTTP/1.1 413");
    }

    @Test
    void keepsTheReasonOfAFailureToTheLog() {
        assertThat(call("GET", "/portal/broken", "", host()))
                .startsWith("HTTP/1.1 500")
                .doesNotContain("secret");
    }

    private static String post(String body, String... headers) {
        String[] all = new String[headers.length + 1];
        all[0] = host();
        System.arraycopy(headers, 0, all, 1, headers.length);
        return call("POST", "/portal/things/a+b%20c/do", body, all);
    }

    private static String call(String method, String path, String body, String... headers) {
        return RawCall.send(port.url(), method, path, body, headers);
    }

    private static String own(String header) {
        return header.replace("HOST", port.url().getAuthority());
    }

    private static String host() {
        return "Host: " + port.url().getAuthority();
    }
}
