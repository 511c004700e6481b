package dev.bes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.cli.BesCalls.Result;
import dev.bes.cli.RecordedService.Call;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code bes run} sends, and how it bears a service that does not answer. */
class RunCommandTests {
    private static final String ACCEPTED = "{\"id\":7,\"definition\":\"birdstrikes\",\"forecast\":null,\"links\":{}}";
    private static final String UNAVAILABLE = Answers.problem(503, "queue-full", "Too much");
    private static final String DEFINITIONS = """
            {"definitions":[{"name":"birdstrikes","description":"d","endpoint":"e","priority":1,"inputs":{"input1":{"from":null,
            "columns":[]}},"outputs":["output1"],"requestParameters":[],"schedules":[],"dropFolders":[]}]}""";

    @TempDir
    Path home;

    private RecordedService service;

    @BeforeEach
    void start() throws IOException {
        service = new RecordedService().answers("GET /api/v1/definitions", 200, DEFINITIONS);
    }

    @AfterEach
    void stop() {
        service.close();
    }

    private BesCalls bes() {
        return BesCalls.at(home).with("BES_SERVER", service.url()).with("BES_API_KEY", "bes_secret");
    }

    private List<Call> requests() {
        return service.calls().stream()
                .filter(call -> call.request().startsWith("POST"))
                .toList();
    }

    @Test
    void repeatsARequestWithTheSameKey() {
        service.answers("POST /api/v1/runs", 503, UNAVAILABLE).answers("POST /api/v1/runs", 201, ACCEPTED);

        Result result = bes().call("run", "birdstrikes", "-p", "month=10", "--verbose");

        assertThat(result.exitCode()).isZero();
        assertThat(requests()).hasSize(2).allSatisfy(call -> {
            assertThat(call.authorization()).isEqualTo("Bearer bes_secret");
            assertThat(call.body()).contains("\"month\":\"10\"");
        });
        String key = requests().getFirst().idempotencyKey();
        assertThat(requests().getLast().idempotencyKey()).isEqualTo(key);
        assertThat(result.err())
                .contains("Idempotency key: " + key, "sending it again")
                .doesNotContain("bes_secret");
    }

    @Test
    void sendsTheKeyThatIsGiven() {
        service.answers("POST /api/v1/runs", 201, ACCEPTED);

        assertThat(bes().call("run", "birdstrikes", "--idempotency-key", "mine-1", "-q")
                        .out())
                .isEqualTo("7\n");
        assertThat(requests().getFirst().idempotencyKey()).isEqualTo("mine-1");
    }

    @Test
    void sendsAFileToTheOnlyInputOrToTheOneThatIsNamed() throws IOException {
        service.answers("POST /api/v1/runs", 201, ACCEPTED);
        Path file = Files.writeString(home.resolve("a=b.csv"), "text\ngood\n");

        assertThat(bes().call("run", "birdstrikes", file.toString()).exitCode()).isZero();
        assertThat(bes().call("run", "birdstrikes", "other=" + file).exitCode()).isZero();

        assertThat(requests().getFirst().body()).contains("name=\"input1\"", "text\ngood\n");
        assertThat(requests().getLast().body()).contains("name=\"other\"", "text\ngood\n");
    }

    @Test
    void namesABlobForAnInput() throws IOException {
        service.answers("POST /api/v1/runs", 201, ACCEPTED);
        Path file = Files.writeString(home.resolve("a.csv"), "text\ngood\n");

        assertThat(bes().call("run", "birdstrikes", "--blob", "input1=lake/2026/a.csv")
                        .exitCode())
                .isZero();
        assertThat(requests().getFirst().body())
                .contains("\"inputs\":{\"input1\":{", "\"store\":\"lake\"", "\"blob\":\"2026/a.csv\"");
        assertThat(bes().call("run", "birdstrikes", "--blob", "input1=lake").exitCode())
                .isEqualTo(2);
        assertThat(bes().call("run", "birdstrikes", "--blob", "input1=lake/a", file.toString())
                        .exitCode())
                .isEqualTo(2);
        assertThat(requests()).hasSize(1);
    }

    @Test
    void refusesTwoFilesForOneInput() throws IOException {
        Path file = Files.writeString(home.resolve("a.csv"), "text\ngood\n");

        Result result = bes().call("run", "birdstrikes", "input1=" + file, "input1=" + file);

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(requests()).isEmpty();
    }

    @Test
    void waitsThroughAnOutageOfTheService() {
        service.answers("POST /api/v1/runs", 201, ACCEPTED)
                .answers("GET /api/v1/runs/7", 503, UNAVAILABLE)
                .answers("GET /api/v1/runs/7", 502, "<html>bad gateway</html>")
                .answers("GET /api/v1/runs/7", 200, Answers.detail(Answers.run(7, "Finished", null, 2, 0), ""));

        Result result = bes().call("run", "birdstrikes", "--wait");

        assertThat(result.exitCode()).isZero();
        assertThat(result.err())
                .contains("The service can't be asked (it answers 503)", "Run 7 goes on", "answers again");
    }

    @Test
    void givesUpWhenTheOutageIsTooLong() {
        service.answers("POST /api/v1/runs", 201, ACCEPTED).answers("GET /api/v1/runs/7", 503, UNAVAILABLE);

        Result result = bes().call("run", "birdstrikes", "--wait", "--retry-for", "300ms");

        assertThat(result.exitCode()).isEqualTo(5);
        assertThat(result.err()).contains("The service can't be asked");
    }

    @Test
    void drawsAProgressBarOnATerminal() {
        service.answers("POST /api/v1/runs", 201, ACCEPTED)
                .answers("GET /api/v1/runs/7", 200, Answers.detail(Answers.run(7, "Running", null, 1, 0), ""))
                .answers("GET /api/v1/runs/7", 200, Answers.detail(Answers.run(7, "Finished", null, 2, 0), ""));

        assertThat(bes().onTerminal().call("run", "birdstrikes", "--wait").err())
                .contains("Run 7 ████████████░░░░░░░░░░░░  50 %  1 of 2 scorings  Running");
    }
}
