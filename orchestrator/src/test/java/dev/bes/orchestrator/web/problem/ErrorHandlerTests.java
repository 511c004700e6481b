package dev.bes.orchestrator.web.problem;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.api.run.StateJson;
import dev.bes.orchestrator.web.Caller.Answer;
import dev.bes.orchestrator.web.Form;
import dev.bes.orchestrator.web.RawCaller;
import dev.bes.orchestrator.web.WebNode;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every refusal, and what keeps browsers in bounds. */
@Tag("slow")
class ErrorHandlerTests {
    @TempDir
    static Path folder;

    private static WebNode node;
    private static @Nullable String output;

    @BeforeAll
    static void start() {
        node = WebNode.start(folder);
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"definition": "no-such"}                                   | 404 | unknown-definition | greetings
            {"definition": "letters", "parameters": {"column": "text"}} | 422 | no-input           | input1
            {"definition": "greetings", "colour": "red"}                | 400 | malformed-json     | unknown key 'colour'; the known keys are: callback, definition, inputs, parameters
            {"definition": "letters", "parameters": {"column": "t"}, "inputs": {"input1": {"rows": []}}} | 422 | invalid-rows | #/inputs/input1/rows
            {"definition": "letters", "parameters": {"column": "t"}, "inputs": {"input1": {"rows": [{"text": {}}]}}} | 422 | invalid-rows | #/inputs/input1/rows/0/text
            {"definition": "letters", "inputs": {"input1": {}}}         | 400 | bad-request        | 'input1' needs one of: 'rows'
            {"definition": 7}                                           | 400 | malformed-json     | Line 1, column 16: wrong type of value at 'definition'
            {"definition": "greetings", "parameters": {"bits": 3}}      | 400 | malformed-json     | 'parameters.bits'
            {"definition": "greetings", "parameters": {"bits": null}}   | 400 | bad-request        | 'bits' is null
            {"definition": "greetings", "parameters": {"b": "\\u0000"}} | 400 | bad-request        | NUL
            {"definition": "greetings", "parameters": {"b": "\\ud800"}} | 400 | bad-request        | half a character
            {"definition": "greetings", "definition": "letters"}        | 400 | malformed-json     | Line 1
            {"definition": "greetings"                                  | 400 | malformed-json     | Line 1
            {"definition": "greetings"} {}                              | 400 | malformed-json     | Line 1
            []                                                          | 400 | malformed-json     | must be an object
            {}                                                          | 400 | bad-request        | 'definition'
            ``                                                          | 400 | malformed-json     | no body
            """)
    void saysWhatIsWrongWithARequest(String body, int status, String kind, String detail) {
        assertProblem(node.caller().post("/api/v1/runs", body), status, kind, detail);
    }

    @Test
    void givesLineAndColumnAsNumbers() {
        Answer answer = node.caller().post("/api/v1/runs", "{\n  \"definition\": oops\n}");

        assertThat(answer.json().get("line").asInt()).isEqualTo(2);
        assertThat(answer.json().get("column").asInt()).isBetween(17, 22);
    }

    @Test
    void refusesADocumentThatIsTooLarge() {
        String body = "{\"definition\": \"greetings\", \"parameters\": {\"bits\": \"" + "3".repeat(1_100_000) + "\"}}";

        assertProblem(node.caller().post("/api/v1/runs", body), 413, "too-large", "262,144 bytes");
    }

    @Test
    void saysWhatIsWrongWithAForm() {
        Form letters = Form.of("letters").with("parameters.column", "text");

        assertProblem(post(letters), 422, "no-input", "'input1' has no file");
        assertProblem(
                post(letters.file("input1", "a.csv", WebNode.csv("a")).file("other", "b.csv", WebNode.csv("b"))),
                422,
                "no-input",
                "no input 'other'; its inputs are: input1");
        assertProblem(
                post(letters.file("input1", "a.csv", "a").file("input1", "b.csv", "b")),
                400,
                "bad-request",
                "'input1' was sent 2 times");
        assertProblem(
                post(Form.of("letters").file("input1", "a.csv", WebNode.csv("a"))),
                422,
                "missing-parameter",
                "${request.column} has no value: the request has no 'column'");
        assertProblem(post(letters.with("colour", "red")), 400, "bad-request", "Unknown part 'colour'");
        assertProblem(post(letters.with("parameters", "{\"x\": }")), 400, "malformed-json", "Line 1, column");
    }

    @Test
    void takesParametersOfAFormAsJsonToo() {
        Answer answer = post(Form.of("letters")
                .with("parameters", "{\"column\": \"text\", \"bits\": \"2\"}")
                .file("input1", "a.csv", WebNode.csv("a")));

        assertThat(answer.status()).isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "with space", "tab\there"})
    void refusesAnUnusableKey(String key) {
        Answer answer = node.caller().post("/api/v1/runs", "{\"definition\": \"greetings\"}", "Idempotency-Key", key);

        assertProblem(answer, 400, "bad-key", "1 to 200 visible ASCII characters");
    }

    @Test
    void refusesAKeyThatIsTooLong() {
        Answer answer = node.caller()
                .post("/api/v1/runs", "{\"definition\": \"greetings\"}", "Idempotency-Key", "k".repeat(201));

        assertProblem(answer, 400, "bad-key", "1 to 200");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            /api/v1/runs?state=Done                      | 400 | bad-request    | NotStarted, Running, Failed, Cancelled, Finished
            /api/v1/runs?limit=0                         | 400 | bad-request    | from 1 to 200
            /api/v1/runs?limit=many                      | 400 | bad-request    | 'limit' must be a number
            /api/v1/runs?definition=%00                  | 400 | bad-request    | 'definition'
            /api/v1/runs/987654321                       | 404 | unknown-run    | There is no run 987654321
            /api/v1/runs/987654321/scorings              | 404 | unknown-run    | There is no run 987654321
            /api/v1/runs/1/scorings/1/outputs/%252e%252e | 404 | unknown-output | no such output
            /api/v1/runs/1/scorings/1/outputs/no-such    | 404 | unknown-output | no such output
            /api/v1/runs/-1                              | 404 | unknown-run    | There is no run '-1': the id of a run is a number
            /api/v1/runs/abc/scorings                    | 404 | unknown-run    | There is no run 'abc'
            /api/v1/runs/12345678901234567890            | 404 | unknown-run    | There is no run '12345678901234567890'
            /api/v1/runs/%E2%80%AE1                      | 404 | unknown-run    | There is no run '⟨U+202E⟩1'
            /api/v1/runs/1/scorings/x/outputs/y          | 404 | unknown-address | There is no such address
            /api/v1/runs/1/no-such                       | 404 | unknown-address | There is no such address
            /api/v1/no-such                              | 404 | unknown-address | There is no such address
            /api/v1/runs?before=99999999999999999999     | 400 | bad-request    | too large
            """)
    void saysWhatIsWrongWithAnAddress(String path, int status, String kind, String detail) {
        assertProblem(node.caller().get(path.strip()), status, kind, detail);
    }

    @Test
    void answersAnAddressThatNobodyCanRead() throws IOException {
        URI url = URI.create(node.url());
        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            socket.getOutputStream()
                    .write("GET /api/v1/runs?state=%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                            .getBytes(US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), US_ASCII);

            assertThat(answer).startsWith("HTTP/1.1 400").contains("application/problem+json", "can't be read");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /runs/-1     | There is no run
            /runs/x      | There is no run
            /no-such     | There is no such address
            /error       | There is no such address
            /webjars/x   | There is no such address
            """)
    void showsAProblemAsAPageToBrowsers(String path, String told) {
        String page =
                RawCaller.say(node.url(), RawCaller.request("GET", path.strip(), "localhost", "Accept: text/html"));

        assertThat(page).startsWith("HTTP/1.1 404").contains("text/html", told).doesNotContain("static resource");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/a[b]",
                "/a|b",
                "/a\"b",
                "/%zz",
                "/a\\b",
                "/a%00b",
                "/a%2Fb",
                "/api/v1/runs/..%2f1",
                "/;x=y/../z"
            })
    void answersAMalformedAddress(String path) {
        String answer = RawCaller.say(node.url(), RawCaller.request("GET", path, "localhost"));

        assertThat(answer)
                .matches("(?s)HTTP/1.1 40[04] .*")
                .contains("application/problem+json", "Cache-Control: no-store", "\"type\":\"/docs/problems#")
                .doesNotContain("<html", "Apache");
    }

    @Test
    void answersWhatTheServerItselfRefusesInTheSameForm() {
        for (String path : new String[] {"/app.css", "/favicon.svg"}) {
            Answer answer = node.caller().get(path, "Range", "bytes=99999999-");

            assertThat(answer.status()).isEqualTo(416);
            assertThat(answer.header("Content-Range")).startsWith("bytes */");
            assertThat(answer.json().get("type").asString()).isEqualTo("/docs/problems#unsatisfiable-range");
            assertThat(answer.json().get("instance").asString()).isEqualTo(path);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            bytes=0-3           | 206 | text
            bytes=-2            | 206 | x
            bytes=99999999-     | 416 | The file has
            bytes=5-2           | 416 | The file has
            bytes=-0            | 416 | The file has
            bytes=99999999999999999999- | 416 | The file has
            bytes=0-0,99999999- | 416 | The file has
            lines=1-2           | 200 | text
            bytes=x             | 200 | text
            bytes               | 200 | text
            """)
    void servesByteRangesOfAnOutput(String range, int status, String part) {
        Answer answer = node.caller().get(output(), "Range", range.strip());

        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        if (status == 416) {
            assertThat(answer.header("Content-Range")).matches("bytes \\*/[0-9]+");
            assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
            assertThat(answer.json().get("detail").asString()).contains(part);
        } else if (status == 200) {
            assertThat(answer.body()).isEqualTo(node.caller().get(output()).body());
        }
    }

    @Test
    void servesTheWholeOutputWhenIfRangeDoesNotMatch() {
        Answer answer = node.caller().get(output(), "Range", "bytes=0-3", "If-Range", "\"some-tag\"");

        assertThat(answer.status()).isEqualTo(200);
    }

    private static String output() {
        if (output == null) {
            long run = node.run("greetings");
            node.await(run, StateJson.FINISHED);
            output = "/api/v1/runs/" + run + "/scorings/1/outputs/output1";
        }
        return output;
    }

    @Test
    void refusesToCancelWhatIsNotThere() {
        assertProblem(node.caller().post("/api/v1/runs/987654321/cancel", ""), 404, "unknown-run", "987654321");
    }

    @Test
    void answersInProblemsWhereNothingIsServed() {
        assertThat(node.caller().get("/api/v1/nothing").status()).isEqualTo(404);
        assertThat(node.caller().get("/api/v1/nothing").header("Content-Type")).isEqualTo("application/problem+json");
        Answer wrongMethod = node.caller().post("/api/v1/definitions", "{}");
        assertThat(wrongMethod.status()).isEqualTo(405);
        assertThat(wrongMethod.header("Allow")).contains("GET");
        assertThat(node.caller()
                        .post("/api/v1/runs", "a=b", "Content-Type", "x/y")
                        .status())
                .isEqualTo(415);
    }

    @ParameterizedTest
    @CsvSource({
        "Sec-Fetch-Site, cross-site",
        "Sec-Fetch-Site, same-site",
        "Origin, https://evil.example",
        "Origin, null",
        "Origin, http://127.0.0.1:1"
    })
    void refusesChangesFromOtherSites(String header, String value) {
        assertProblem(
                node.caller().post("/api/v1/runs", "{\"definition\": \"greetings\"}", header, value),
                403,
                "cross-site",
                "other sites");
    }

    @Test
    void takesChangesFromItsOwnPages() {
        Answer answer = node.caller()
                .post(
                        "/api/v1/runs",
                        "{\"definition\": \"greetings\"}",
                        "Sec-Fetch-Site",
                        "same-origin",
                        "Origin",
                        node.url());

        assertThat(answer.status()).isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/runs", "/api/v1/runs/987654321", "/", "/nothing", "/app.css"})
    void sendsSecurityHeadersEverywhere(String path) {
        Answer answer = node.caller().get(path, "Accept", "text/html");

        assertThat(answer.header("Content-Security-Policy")).contains("default-src 'none'", "frame-ancestors 'none'");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("Referrer-Policy")).isEqualTo("same-origin");
        assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
    }

    @Test
    void forbidsCachingOfApiAnswers() {
        assertThat(node.caller().get("/api/v1/runs").header("Cache-Control")).isEqualTo("no-store");
    }

    private static Answer post(Form form) {
        return node.caller().post("/api/v1/runs", form);
    }

    private static void assertProblem(Answer answer, int status, String kind, String detail) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.json().get("type").asString()).isEqualTo("/docs/problems#" + kind);
        assertThat(answer.json().get("title").asString()).isNotBlank();
        assertThat(answer.json().get("status").asInt()).isEqualTo(status);
        assertThat(answer.json().get("detail").asString()).contains(detail);
        assertThat(answer.json().get("instance").asString()).startsWith("/api/");
    }
}
