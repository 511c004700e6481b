package dev.bes.orchestrator.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpAddressTests {

    @ParameterizedTest
    @CsvSource({
        "https://hooks.example.com, true, hooks.example.com, 443, /",
        "https://Hooks.Example.com/done?key=1%202, true, hooks.example.com, 443, /done?key=1%202",
        "http://127.0.0.1:8080/done, false, 127.0.0.1, 8080, /done",
        "http://[::1]:8080, false, ::1, 8080, /",
        "https://hooks?x, true, hooks, 443, /?x"
    })
    void readsAddresses(String text, boolean secure, String host, int port, String target) {
        assertThat(HttpAddress.of(text)).isEqualTo(new HttpAddress(secure, host, port, target));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ftp://hooks.example.com",
                "HTTPS://hooks.example.com",
                "hooks.example.com/done",
                "//hooks.example.com",
                "https:hooks.example.com",
                "https://",
                "https://good.example.com@evil.example.com/",
                "https://user:password@hooks.example.com/",
                "https://hooks.example.com/#part",
                "https://hooks.example.com\\@evil.example.com/",
                "https://hooks.example.com/ done",
                "https://hooks.example.com/\r\nX: y",
                "https://hööks.example.com/",
                "https://hooks_1.example.com/",
                "https://hooks.example.com./",
                "https://hooks.example.com:0/",
                "https://hooks.example.com:65536/",
                // numbers that stand for 127.0.0.1
                "http://2130706433/",
                "http://0177.0.0.1/",
                "http://0x7f.0.0.1/",
                "http://0x7f000001/",
                "http://127.1/",
                "http://127.0.0.01/",
                "http://127.0.0.1./",
                "http://1.2.3.4.5/",
                "http://256.0.0.1/",
                "http://[fe80::1%25eth0]/"
            })
    void refusesWhatOthersMayReadInAnotherWay(String text) {
        assertThat(HttpAddress.mistake(text)).isPresent();
    }

    @Test
    void refusesAnAddressThatIsTooLong() {
        String longest = "https://a/" + "x".repeat(HttpAddress.LONGEST - "https://a/".length());

        assertThat(HttpAddress.mistake(longest)).isEmpty();
        assertThat(HttpAddress.mistake(longest + "x")).hasValue("must have 1 to 1000 visible ASCII characters");
    }

    @Test
    void showsNoQuery() {
        assertThat(HttpAddress.of("https://hooks.example.com:8443/done?key=secret")
                        .shown())
                .isEqualTo("https://hooks.example.com:8443/done?…");
        assertThat(HttpAddress.of("http://[::1]/done").shown()).isEqualTo("http://[::1]/done");
    }
}
