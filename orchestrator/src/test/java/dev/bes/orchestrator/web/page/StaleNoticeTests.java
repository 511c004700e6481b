package dev.bes.orchestrator.web.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The script of the pages that tells when they are old, in Node with as much of a page as it needs. */
class StaleNoticeTests {
    private static final String PAGE = """
            const parts = {}, listeners = {};
            for (const id of ['stale', 'refused', 'live']) {
                parts[id] = { hidden: true, textContent: '', hasAttribute: () => true };
            }
            let tick;
            globalThis.setInterval = work => { tick = work; };
            globalThis.document = {
                hidden: false,
                getElementById: id => parts[id],
                addEventListener: (name, listener) => { listeners[name] = listener; }
            };
            const fire = (name, verb, status, text) => {
                const event = { detail: {
                    requestConfig: { verb }, xhr: { status, responseText: text }, isError: status >= 400, shouldSwap: true,
                    target: { id: 'live' } } };
                (listeners['htmx:' + name] || (() => {}))(event);
                return event.detail.shouldSwap;
            };
            const fine = () => fire('beforeSwap', 'get', 200, '<div id="live">');
            const say = swapped => console.log(JSON.stringify({ swapped, stale: parts.stale, refused: parts.refused }));
            """;

    @TempDir
    Path folder;

    private String run(String steps) throws IOException, InterruptedException {
        Path script = folder.resolve("page.js");
        Files.writeString(script, PAGE + Files.readString(Path.of("src/main/resources/static/stale.js")) + steps);
        Process process = new ProcessBuilder("node", script.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return said;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            fire('responseError', 'get', 503, '{"detail": "It is full"}') | the service answered with status 503 (It is full)
            fire('responseError', 'get', 502, '<html>')                   | the service answered with status 502
            fire('responseError', 'get', 404, '')                         | the service answered with status 404
            fire('sendError', 'get', 0, '')                               | the service can't be reached
            fire('timeout', 'get', 0, '')                                 | the service did not answer in time
            fire('beforeSwap', 'get', 200, '<h1>Log in</h1>')             | the answer is not from this service
            Date.now = () => 4e12, tick()                                  | no newer data has arrived
            """)
    void isShownUntilThePageIsFreshAgain(String trouble, String why) throws IOException, InterruptedException {
        String[] said = run("const swapped = (%s);\nsay(swapped);\nfine();\nsay();\n".formatted(trouble))
                .split("\n", -1);

        assertThat(said[0])
                .contains("\"stale\":{\"hidden\":false", why)
                .containsPattern("at 20\\d\\d-[-0-9]+ [:0-9]+ UTC");
        assertThat(said[0]).contains("\"refused\":{\"hidden\":true");
        assertThat(said[1]).contains("\"stale\":{\"hidden\":true");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            fire('responseError', 'post', 503, '{"detail": "It is full"}') | status 503 (It is full)
            fire('timeout', 'post', 0, '')                                 | did not answer in time
            """)
    void staysWhenWhatSomebodyAskedForWasNotDone(String trouble, String why) throws IOException, InterruptedException {
        String[] said = run("%s;\nfine();\nsay();\n".formatted(trouble)).split("\n", -1);

        assertThat(said[0]).contains("\"refused\":{\"hidden\":false", why, "\"stale\":{\"hidden\":true");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            say(fine()) | "swapped":true
            say(fire('beforeSwap', 'get', 200, '<h1>Log in</h1>')) | "swapped":false
            """)
    void keepsWhatIsShownWhenSomethingElseAnswers(String steps, String swapped)
            throws IOException, InterruptedException {
        assertThat(run(steps)).contains(swapped);
    }
}
