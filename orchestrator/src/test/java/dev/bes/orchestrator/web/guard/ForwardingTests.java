package dev.bes.orchestrator.web.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;

/** What is believed of the headers that a trusted proxy sends. */
class ForwardingTests {
    private static final TrustedProxies PROXIES = new TrustedProxies(List.of("10.0.0.0/8", "fd00::/16"));

    private static Map<String, String> believed(String... headers) {
        MockHttpServletRequest request = new MockHttpServletRequest();
        for (String header : headers) {
            int colon = header.indexOf(':');
            request.addHeader(
                    header.substring(0, colon), header.substring(colon + 1).strip());
        }
        return Forwarding.of(request, PROXIES);
    }

    /** The list grows at its end: what stands before the first foreign address was written by the caller. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            203.0.113.9                          | 203.0.113.9
            1.2.3.4, 203.0.113.9                 | 203.0.113.9
            10.9.9.9, 203.0.113.9                | 203.0.113.9
            1.2.3.4, 203.0.113.9, 10.0.0.2       | 203.0.113.9
            203.0.113.9:4711, 10.0.0.2:80        | 203.0.113.9
            10.1.1.1, 10.0.0.2                   | 10.1.1.1
            [2001:db8::1]:4711, [fd00::2]        | [2001:db8::1]
            2001:db8::1                          | [2001:db8::1]
            ::ffff:203.0.113.9                   | [::ffff:203.0.113.9]
            203.0.113.9, unknown                 |
            203.0.113.9, _hidden, 10.0.0.2       | 10.0.0.2
            203.0.113.9, , 10.0.0.2              | 10.0.0.2
            localhost                            |
            <script>alert(1)</script>            |
            """)
    void takesTheClientsAddressFromTheEndOfTheList(String list, String client) {
        assertThat(believed("X-Forwarded-For: " + list).get("X-Forwarded-For")).isEqualTo(client);
    }

    @Test
    void joinsSeveralHeadersOfOneName() {
        assertThat(believed("X-Forwarded-For: 203.0.113.9", "X-Forwarded-For: 198.51.100.7, 10.0.0.2"))
                .containsEntry("X-Forwarded-For", "198.51.100.7");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            orchestrator.example                       |       | https | orchestrator.example
            orchestrator.example                       | 443   | https | orchestrator.example
            orchestrator.example:443                   |       | https | orchestrator.example
            orchestrator.example                       | 8443  | https | orchestrator.example:8443
            orchestrator.example:8443                  | 443   | https | orchestrator.example:8443
            forged.example, orchestrator.example       |       | http  | orchestrator.example
            [fd00::1]                                  | 81    | http  | [fd00::1]:81
            """)
    void takesTheHostOfTheNearestProxyWithItsPort(String host, String port, String scheme, String authority) {
        assertThat(believed(
                        "X-Forwarded-Host: " + host,
                        "X-Forwarded-Port: " + (port == null ? "" : port),
                        "X-Forwarded-Proto: " + scheme))
                .containsEntry("X-Forwarded-Host", authority)
                .containsEntry("Host", authority)
                .containsEntry("X-Forwarded-Proto", scheme)
                .doesNotContainKey("X-Forwarded-Port");
    }

    @Test
    void readsTheElementOfTheOutermostTrustedProxyInForwarded() {
        assertThat(
                        believed(
                                "Forwarded: for=1.2.3.4;host=forged.example;proto=http,"
                                        + " For=\"[2001:db8::1]:4711\";host=\"orchestrator.example\";proto=https, for=10.0.0.2;host=inner"))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "X-Forwarded-For", "[2001:db8::1]",
                        "X-Forwarded-Host", "orchestrator.example",
                        "Host", "orchestrator.example",
                        "X-Forwarded-Proto", "https"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Forwarded-Host: user@orchestrator.example",
                "X-Forwarded-Host: orchestrator.example/path",
                "X-Forwarded-Host: a b",
                "X-Forwarded-Proto: javascript",
                "X-Forwarded-Port: 0",
                "X-Forwarded-Port: 80x",
                "X-Forwarded-Prefix: //evil.example",
                "X-Forwarded-Prefix: /a/../b",
                "X-Forwarded-Prefix: /a/%2e%2e",
                "X-Forwarded-Prefix: https://evil.example",
                "X-Forwarded-Prefix: /a\\b",
                "X-Forwarded-Prefix: /<script>",
                "X-Forwarded-Prefix: /a//b",
                "X-Forwarded-Prefix: a",
                "Forwarded: for=1.2.3.4;for=1.2.3.5",
                "Forwarded: for 1.2.3.4",
                "Forwarded: for=1.2.3.4;host=\"a\\\"b\"",
                "Forwarded: for=1.2.3.4;host=\"unended",
            })
    void refusesWhatIsNoHostNoSchemeAndNoPrefix(String header) {
        assertThatIllegalArgumentException().isThrownBy(() -> believed(header));
    }

    /** A proxy that knows only one of the two passes on the other as the caller forged it. */
    @Test
    void refusesBothKindsOfHeadersAtOnce() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> believed("X-Forwarded-For: 1.2.3.4", "Forwarded: for=10.0.0.1;host=forged.example"))
                .withMessageContaining("both");
    }

    @Test
    void refusesEndlessLists() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> believed("X-Forwarded-For: " + "10.0.0.1,".repeat(2000) + "10.0.0.1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "proxy.example",
                "0.0.0.0/0",
                "::/0",
                "10.0.0.0/33",
                "10.0.0.0/x",
                "10.0.0",
                "10.0.0.0/-1",
                "*",
                "1.2.3.4/",
                ""
            })
    void refusesASettingThatIsNoNetwork(String network) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new WebSettings(List.of(), List.of(network), 1, 1, 1))
                .withMessageContaining("orchestrator.web.trusted-proxies");
    }

    @Test
    void comparesAddressesNotTexts() {
        assertThat(PROXIES.include("::ffff:10.1.2.3")).isTrue();
        assertThat(PROXIES.include("fd00:0:0::9")).isTrue();
        assertThat(PROXIES.include("11.0.0.1")).isFalse();
        assertThat(PROXIES.include("10.0.0.1.evil.example")).isFalse();
        assertThat(new TrustedProxies(List.of()).include("127.0.0.1")).isFalse();
    }
}
