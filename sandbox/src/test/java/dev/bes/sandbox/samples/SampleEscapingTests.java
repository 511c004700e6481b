package dev.bes.sandbox.samples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Sends values that would break out of a careless sample, and compares what arrives, byte by byte. */
@Tag("slow")
class SampleEscapingTests {

    static final List<SampleLanguage> LANGUAGES = Interpreter.LANGUAGES;

    private static final String HARMFUL = String.join(
            "\n",
            "  {\"a\": \"it's $HOME ${HOME} $(touch owned) `touch owned` %PATH% !! \\ \\\\ \\u0041 \\n\"} \t",
            " \t ",
            "",
            "\"\"\" ''' \"\"\"\" ''''' @\" @' \"@",
            "'@ ; touch owned #",
            "EOF",
            "\" + new java.io.File(\"owned\").createNewFile() + \"",
            "' + system('touch owned') + '",
            ")--\" )\" ]] --> */ // é ß 漢字 😀 \u2018\u2019\u201a\u201b \u201c\u201d \u2028\u2029 \u202e \ufeff \u2003",
            "the end\\");
    private static final String KEY = "k'\"$HOME`touch owned`$(touch owned)\\\\u0041\\";

    private static HttpServer server;
    private static final BlockingQueue<Arrived> arrived = new LinkedBlockingQueue<>();

    @TempDir
    private Path folder;

    @BeforeAll
    static void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        server.createContext("/", exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            arrived.add(new Arrived(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    exchange.getRequestHeaders().getFirst("X-Key"),
                    exchange.getRequestHeaders().getFirst("Content-Type"),
                    new String(body, UTF_8)));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterAll
    static void stop() {
        server.stop(0);
    }

    @ParameterizedTest
    @FieldSource("LANGUAGES")
    void valuesArriveAsTheyAreAndNothingOfThemRuns(SampleLanguage language) {
        SampleCall call = new SampleCall(
                "PUT",
                URI.create(
                        "http://127.0.0.1:" + server.getAddress().getPort() + "/it's/$HOME/$(touch)?q=%27%22&r=(1);"),
                Map.of("X-Key", KEY, "content-type", "text/plain; charset=\"utf-8\""),
                HARMFUL);

        new Interpreter(folder).run(language, CodeSamples.of(language, call));

        assertThat(arrived.poll())
                .isEqualTo(new Arrived(
                        "PUT", "/it's/$HOME/$(touch)?q=%27%22&r=(1);", KEY, "text/plain; charset=\"utf-8\"", HARMFUL));
        assertThat(arrived).isEmpty();
        assertThat(folder.resolve("owned")).doesNotExist();
    }

    private record Arrived(String method, String url, String key, String contentType, String body) {}
}
