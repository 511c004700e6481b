package dev.bes.sandbox.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SampleCallTests {

    private static final URI URL = URI.create("http://127.0.0.1/jobs");

    @Test
    void leavesOutHeadersThatAreTheClientsOwnOrSayNothing() {
        SampleCall call = new SampleCall(
                "POST",
                URL,
                Map.of("Host", "a", "content-length", "3", "X-Empty", " ", "Content-Type", "text/plain"),
                "");

        assertThat(call.headers()).isEmpty();
    }

    @Test
    void aBodyWithoutATypeIsJsonAndItsLinesEndWithLineFeeds() {
        SampleCall call = new SampleCall("POST", URL, Map.of(), "{\r\n\r}");

        assertThat(call.headers()).containsExactly(Map.entry("Content-Type", "application/json"));
        assertThat(call.body()).isEqualTo("{\n\n}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            TRACE | http://127.0.0.1/ | X     | v | The method must be one of
            POST  | ftp://127.0.0.1/  | X     | v | The address must start with http:// or https://
            POST  | http:/path        | X     | v | The address must start with http:// or https://
            POST  | http://127.0.0.1/ | X Y   | v | This is no name of a header: X Y
            POST  | http://127.0.0.1/ | X     | ü | The header X may hold visible ASCII characters only
            """)
    void refusesWhatCannotBeShown(String method, String url, String header, String value, String problem) {
        assertThatThrownBy(() -> new SampleCall(method, URI.create(url), Map.of(header, value), ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(problem);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\0", "\u001b[201~", "\u0085", "\u0003", "\ud83d"})
    void refusesControlCharactersThatATerminalWouldObey(String character) {
        assertThatThrownBy(() -> new SampleCall("POST", URL, Map.of(), "a" + character + "b"))
                .hasMessageContaining("control character");
    }

    @Test
    void refusesLineEndsInHeadersAndTextsThatAreTooLong() {
        assertThatThrownBy(() -> new SampleCall("POST", URL, Map.of("X", "a\r\nY: b"), ""))
                .hasMessageContaining("The header X");
        assertThatThrownBy(() -> new SampleCall("POST", URL, Map.of(), "漢".repeat(SampleCall.MOST_CHARACTERS + 1)))
                .hasMessage("The body is longer than 20,000 characters");
        assertThatThrownBy(() -> new SampleCall("GET", URL, Map.of(), "{}")).hasMessage("A GET has no body");
    }
}
