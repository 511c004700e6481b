package dev.bes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.cli.BesCalls.Result;
import java.io.FilterWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The exit codes, and the one sentence that goes with a failure. */
class ExitCodeTests {
    @TempDir
    Path home;

    private RecordedService service;

    @BeforeEach
    void start() throws IOException {
        service = new RecordedService()
                .answers(
                        "POST /api/v1/runs",
                        201,
                        "{\"id\":7,\"definition\":\"birdstrikes\",\"forecast\":null,\"links\":{}}");
    }

    @AfterEach
    void stop() {
        service.close();
    }

    private BesCalls bes() {
        return BesCalls.at(home).with("BES_SERVER", service.url());
    }

    @ParameterizedTest
    @CsvSource({"Finished, 2, 0, 0", "Failed, 2, 0, 1", "Cancelled, 2, 0, 3", "Running, 1, 1, 4"})
    void saysHowARunEnded(String state, int ended, int attention, int code) {
        service.answers("GET /api/v1/runs/7", 200, Answers.detail(Answers.run(7, "Running", null, 0, 1), ""))
                .answers("GET /api/v1/runs/7", 200, Answers.detail(Answers.run(7, state, null, ended, attention), ""));

        Result result = bes().call("run", "birdstrikes", "--wait");

        assertThat(result.exitCode()).isEqualTo(code);
        assertThat(result.out()).contains(state);
        assertThat(bes().call("watch", "7").exitCode()).isEqualTo(code);
    }

    @Test
    void isTwoWithoutACommandAndShowsThemAll() {
        Result nothing = bes().call();

        assertThat(nothing.exitCode()).isEqualTo(2);
        assertThat(nothing.err()).startsWith("Usage: bes ").contains("download", "Examples:");
        assertThat(bes().call("-o", "json").err()).startsWith("Usage: bes ");
    }

    @Test
    void isOneWhenNobodyReadsTheAnswerToItsEnd() {
        StringWriter err = new StringWriter();
        Writer closed = new FilterWriter(Writer.nullWriter()) {
            @Override
            public void flush() throws IOException {
                throw new IOException("Broken pipe");
            }
        };

        assertThat(Bes.execute(bes().environment(closed, err), "completion")).isEqualTo(1);

        assertThat(err.toString()).contains("could not be written whole");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "runs --limit many | 'many' is no number",
                "runs --stat Failed | There is no option '--stat'; did you mean '--state'?",
                "show 1 2 | '2' is one argument too many",
                "users ad mary | There is no command 'ad'; did you mean 'add'?",
                "runs -o xml | 'xml' is no format",
                "nonsense | There is no command 'nonsense'",
                "show | Missing required parameter",
                "run birdstrikes --retry-for soon | 'soon' is no time",
                "run birdstrikes --param bits | 'bits' is no NAME=VALUE",
                "run birdstrikes input1=missing.csv | There is no file 'missing.csv'",
                "--context nowhere runs | There is no context 'nowhere'"
            })
    void isTwoForAWrongCommandLine(String line, String said) {
        Result result = bes().call(line.split(" "));

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).startsWith("bes: ").contains(said);
        assertThat(result.out()).isEmpty();
        assertThat(service.calls()).isEmpty();
    }

    @Test
    void isFiveWhenNobodyAnswers() throws IOException {
        String closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = "http://127.0.0.1:" + socket.getLocalPort();
        }
        Result result = BesCalls.at(home).with("BES_SERVER", closed).call("runs");

        assertThat(result.exitCode()).isEqualTo(5);
        assertThat(result.err())
                .isEqualTo("bes: %s does not answer (no connection): start the service, or choose another one with"
                                .formatted(closed)
                        + " --context or BES_SERVER\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "401 | unauthorized | sign in with bes login",
                "403 | forbidden | You may not do this: D; an administrator can give you the role",
                "404 | unknown-run | D (URL/docs/problems#unknown-run)",
                "409 | key-reused | D (URL/docs/problems#key-reused)"
            })
    void isFiveWhenTheServiceRefuses(int status, String kind, String said) {
        service.answers("GET /api/v1/runs/9", status, Answers.problem(status, kind, "D."));

        Result result = bes().call("show", "9");

        assertThat(result.exitCode()).isEqualTo(5);
        assertThat(result.err())
                .startsWith("bes: ")
                .contains(said.replace("URL", service.url()))
                .doesNotContain("Exception", "\tat ");
        assertThat(result.err().lines()).hasSize(1);
    }

    @Test
    void saysHowToCompareAFileOfAnotherName() throws IOException {
        Path file = Files.writeString(home.resolve("changed.yaml"), "name: birdstrikes\n");
        service.answers("POST /api/v1/definitions/changed/diff", 404, Answers.problem(404, "unknown-definition", "D."));

        Result result = bes().call("definitions", "diff", file.toString());

        assertThat(result.exitCode()).isEqualTo(5);
        assertThat(result.err()).contains("--with NAME");
    }

    @Test
    void saysThatADifferenceChangesNoFireTime() throws IOException {
        Path file = Files.writeString(home.resolve("a.yaml"), "name: a\n");
        service.answers(
                "POST /api/v1/definitions/a/diff",
                200,
                "{\"definition\":\"a\",\"same\":false,\"changes\":[{\"key\":\"endpoint\",\"loaded\":\"x\",\"sent\":\"y\"}],"
                        + "\"fires\":[],\"firesUntil\":\"2026-12-30T00:00:00Z\"}");

        Result result = bes().call("definitions", "diff", file.toString());

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out() + result.err()).contains("No fire time of the next 30 days changes.");
    }

    @Test
    void isFiveWhenSomethingElseAnswers() {
        service.answers("GET /api/v1/runs", 200, "text/html", "<html>proxy</html>");

        Result result = bes().call("runs");

        assertThat(result.exitCode()).isEqualTo(5);
        assertThat(result.err().lines()).hasSize(1);
        assertThat(result.err()).doesNotContain("Exception:", "\tat ");
    }

    @Test
    void isFiveWhenAnAnswerLacksWhatIsExpected() {
        service.answers("GET /api/v1/users", 200, "{\"unknown\":[]}");

        Result result = bes().call("users");

        assertThat(result.exitCode()).isEqualTo(5);
        assertThat(result.err()).contains("is it this service").doesNotContain("null");
    }

    @Test
    void isFourWhenAScoringWaitsForADecision() {
        service.answers("GET /api/v1/attention", 200, """
                {"needsAttention":[{"run":7,"position":1,"endpoint":"e","attention":"gone","cause":"c","links":{}}],
                "waiting":[],"failed":[],"notTaken":[],"notTakenCount":0,"changed":[],"failingContainers":[]}""");

        assertThat(bes().call("attention").exitCode()).isEqualTo(4);
    }
}
