package dev.bes.orchestrator.remote.bes;

import static dev.bes.orchestrator.remote.bes.BesFixture.REQUEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bes.orchestrator.remote.JobStatus.State;
import dev.bes.orchestrator.remote.RemoteException.Unavailable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OddBodiesTests {

    private final BesFixture besFixture = new BesFixture();

    @AfterEach
    void close() {
        besFixture.close();
    }

    private void answer(byte[] body, String... headers) {
        besFixture.scriptedService.answers(exchange -> {
            for (int i = 0; i < headers.length; i += 2) {
                exchange.getResponseHeaders().add(headers[i], headers[i + 1]);
            }
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        });
    }

    @Test
    void unpacksNoGzipThatItDidNotAskFor() throws IOException {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (GZIPOutputStream packed = new GZIPOutputStream(bomb)) {
            byte[] blanks = new byte[1024 * 1024];
            for (int mebibyte = 0; mebibyte < 50; mebibyte++) {
                packed.write(blanks);
            }
        }
        assertThat(bomb.size()).as("small enough to be read").isLessThan(BesCall.STATUS.bodyLimit());
        answer(bomb.toByteArray(), "Content-Encoding", "gzip");

        assertThatThrownBy(() -> besFixture.jobs().status("a1"))
                .isInstanceOf(Unavailable.class)
                .hasMessage("Endpoint toxic, status: the answer is not JSON");
        assertThat(besFixture.scriptedService.onlyAsked().headers()).doesNotContainKey("Accept-encoding");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16", "UTF-16LE", "UTF-32"})
    void readsJsonInEveryUnicodeEncoding(String charset) {
        answer(
                "{\"StatusCode\": \"Finished\"}".getBytes(Charset.forName(charset)),
                "Content-Type",
                "text/json; charset=ascii");

        assertThat(besFixture.jobs().status("a1").state()).isEqualTo(State.FINISHED);
    }

    @Test
    void takesNoJobIdThatIsNotUtf8() {
        answer("\"\u00e4\u00f61\"".getBytes(Charset.forName("ISO-8859-1")));

        assertThatThrownBy(() -> besFixture.jobs().submit(REQUEST)).isInstanceOf(Unavailable.class);
    }
}
