package dev.bes.orchestrator.remote.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bes.orchestrator.remote.InvalidSetting;
import dev.bes.orchestrator.remote.RemoteException.By;
import dev.bes.orchestrator.remote.RemoteException.NotFound;
import dev.bes.orchestrator.remote.RemoteException.Reason;
import dev.bes.orchestrator.remote.RemoteException.Refused;
import dev.bes.orchestrator.remote.RemoteException.Rejected;
import dev.bes.orchestrator.remote.RemoteException.Throttled;
import dev.bes.orchestrator.remote.RemoteException.Unavailable;
import dev.bes.orchestrator.remote.RowService.Columns;
import dev.bes.orchestrator.remote.RowService.InvalidCellException;
import dev.bes.orchestrator.remote.RowService.RowScorer;
import dev.bes.orchestrator.remote.Table;
import dev.bes.orchestrator.remote.bes.ScriptedService;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InferenceRowsTests {
    private static final String MODEL = """
            {"name":"strike damage","versions":["2"],"platform":"test",
             "inputs":[{"name":"Speed","datatype":"FP64","shape":[-1]},
                       {"name":"Large","datatype":"INT32","shape":[-1,1]},
                       {"name":"Sky","datatype":"BYTES","shape":[-1]}],
             "outputs":[{"name":"label","datatype":"BYTES","shape":[-1]},
                        {"name":"probabilities","datatype":"FP32","shape":[-1,2]}]}""";
    private static final String MATRIX = """
            {"inputs":[{"name":"input","datatype":"FP32","shape":[-1,2]}],
             "outputs":[{"name":"y","datatype":"FP32","shape":[-1,1]}]}""";
    private static final Columns COLUMNS = new Columns(
            List.of("Id", "Speed", "Large", "Sky"),
            List.of(),
            Map.of("output1", List.of("Id", "label", "probabilities[1]")),
            Map.of("Threshold", "0.5"));
    private static final Table ROWS = new Table(
            List.of("Id", "Speed", "Large", "Sky"),
            List.of(List.of("007", "1.50", "1", "blue \"sky\""), List.of("008", "+.5", "-0", "")));
    private static final String SCORED = """
            {"outputs":[{"name":"label","datatype":"BYTES","shape":[2],"data":["yes","no"]},
                        {"name":"probabilities","datatype":"FP32","shape":[2,2],"data":[[0.1,0.9],[0.75,0.25]]}]}""";

    private final InferenceFixture fixture = new InferenceFixture();
    private final ScriptedService server = fixture.server;

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void sendsColumnsAsTensorsAndReadsTensorsAsColumns() {
        server.answers(200, MODEL).answers(200, SCORED);

        Table output = fixture.rows().prepare(COLUMNS).score(ROWS).get("output1");

        assertThat(output)
                .isEqualTo(new Table(
                        List.of("Id", "label", "probabilities[1]"),
                        List.of(List.of("007", "yes", "0.9"), List.of("008", "no", "0.25"))));
        assertThat(server.asked)
                .extracting(ScriptedService.Asked::line)
                .containsExactly(
                        "GET /base/v2/models/strike%20damage/versions/2",
                        "POST /base/v2/models/strike%20damage/versions/2/infer");
        assertThat(server.asked.getLast().body())
                .isEqualTo(
                        "{\"parameters\":{\"Threshold\":\"0.5\"},\"inputs\":["
                                + "{\"name\":\"Speed\",\"shape\":[2],\"datatype\":\"FP64\",\"data\":[1.50,0.5]},"
                                + "{\"name\":\"Large\",\"shape\":[2],\"datatype\":\"INT32\",\"data\":[1,0]},"
                                + "{\"name\":\"Sky\",\"shape\":[2],\"datatype\":\"BYTES\",\"data\":[\"blue \\\"sky\\\"\",\"\"]}]}");
        assertThat(server.asked.getLast().header("Authorization")).isEqualTo("Bearer " + InferenceFixture.KEY);
    }

    @Test
    void givesAllTensorsWhereTheDefinitionNamesNoColumns() {
        server.answers(200, MODEL).answers(200, SCORED);

        Map<String, Table> outputs = fixture.rows()
                .prepare(new Columns(COLUMNS.header(), List.of(), Map.of("output1", List.of()), Map.of()))
                .score(ROWS);

        assertThat(outputs.get("output1"))
                .isEqualTo(new Table(
                        List.of("label", "probabilities[0]", "probabilities[1]"),
                        List.of(List.of("yes", "0.1", "0.9"), List.of("no", "0.75", "0.25"))));
        assertThat(server.asked.getLast().body()).startsWith("{\"inputs\":");
    }

    @Test
    void sendsTheColumnsOfTheDefinitionAsTheOneTensorOfAModel() {
        server.answers(200, MATRIX).answers(200, "{\"outputs\":[{\"name\":\"y\",\"data\":[1.5,2]}]}");
        Columns columns = new Columns(
                COLUMNS.header(), List.of("Large", "Speed"), Map.of("output1", List.of("y", "Id")), Map.of());

        assertThat(fixture.rows().prepare(columns).score(ROWS).get("output1"))
                .isEqualTo(new Table(List.of("y", "Id"), List.of(List.of("1.5", "007"), List.of("2", "008"))));
        assertThat(server.asked.getLast().body())
                .contains("\"shape\":[2,2],\"datatype\":\"FP32\",\"data\":[1,1.50,-0,0.5]");
    }

    @Test
    void asksForTheModelOnceInAWhile() {
        server.answers(200, MODEL).answers(200, MODEL);
        var rows = fixture.rows();

        rows.prepare(COLUMNS);
        rows.prepare(COLUMNS);
        assertThat(server.asked).hasSize(1);
        fixture.now = fixture.now.plus(Duration.ofMinutes(2));
        rows.prepare(COLUMNS);
        assertThat(server.asked).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1 | fast  | 1          | column 'Speed': 'fast' is no FP64
            1 | ''    | 1          | column 'Speed': is empty, and the model needs FP64
            1 | 1e999 | 1          | column 'Speed': '1e999' is no FP64
            1 | 1     | 1.0        | column 'Large': '1.0' is no INT32
            1 | 1     | 2147483648 | column 'Large': '2147483648' is no INT32
            """)
    void namesTheFirstCellThatTheModelCannotTake(int row, String speed, String large, String message) {
        server.answers(200, MODEL);
        RowScorer scorer = fixture.rows().prepare(COLUMNS);
        Table batch = new Table(ROWS.columns(), List.of(ROWS.rows().getFirst(), Arrays.asList("9", speed, large, "")));

        InvalidCellException e = catchThrowableOfType(InvalidCellException.class, () -> scorer.check(batch));

        assertThat(e).hasMessage(message);
        assertThat(e.row()).isEqualTo(row);
        assertThat(server.asked).as("no call").hasSize(1);
    }

    @Test
    void refusesAnInputWithoutAColumnOfTheModel() {
        server.answers(200, MODEL);

        assertThatThrownBy(() -> fixture.rows()
                        .prepare(new Columns(
                                List.of("Speed", "Sky"), List.of(), Map.of("output1", List.of()), Map.of())))
                .isInstanceOf(Rejected.class)
                .hasMessage(
                        "Line 1 of the input has no column 'Large', which the model needs as INT32; it has Speed, Sky");
    }

    @Test
    void refusesAnOutputColumnThatNobodyGives() {
        server.answers(200, MODEL);

        assertThatThrownBy(() -> fixture.rows()
                        .prepare(new Columns(
                                COLUMNS.header(), List.of(), Map.of("output1", List.of("score")), Map.of())))
                .isInstanceOf(Rejected.class)
                .hasMessage(
                        "Column 'score' of output 'output1' is neither a tensor of the model nor a column of the input;"
                                + " the model gives label, probabilities[0], probabilities[1]");
    }

    @Test
    void refusesColumnsThatAreNotAsManyAsTheTensorHas() {
        server.answers(200, MATRIX);

        assertThatThrownBy(() -> fixture.rows().prepare(COLUMNS))
                .isInstanceOf(Rejected.class)
                .hasMessageContaining("one tensor 'input' of shape [-1, 2], and there are 4 columns");
    }

    @Test
    void refusesAnAnswerThatDoesNotFitTheDescription() {
        server.answers(200, MODEL)
                .answers(200, "{\"outputs\":[{\"name\":\"label\",\"data\":[\"yes\",\"no\"]}]}")
                .answers(200, SCORED.replace("[\"yes\",\"no\"]", "[\"yes\"]"));
        RowScorer scorer = fixture.rows().prepare(COLUMNS);

        assertThatThrownBy(() -> scorer.score(ROWS))
                .isInstanceOf(Rejected.class)
                .hasMessageContaining("output 'probabilities' has 0 elements for each row; the model describes 2");
        assertThatThrownBy(() -> scorer.score(ROWS))
                .isInstanceOf(Rejected.class)
                .hasMessageContaining("output 'label' has 1 elements for 2 rows");
    }

    private Throwable failure(int status, String body, String... headers) {
        server.answers(200, MODEL).answers(status, body, headers);
        RowScorer scorer = fixture.rows().prepare(COLUMNS);
        return org.assertj.core.api.Assertions.catchThrowable(() -> scorer.score(ROWS));
    }

    @Test
    void failsForTheRowsOfARequestThatTheServerRefuses() {
        assertThat(failure(400, "{\"error\":\"no such bird\"}")).isInstanceOfSatisfying(Rejected.class, e -> {
            assertThat(e).hasMessage("Endpoint birds, infer: 400: no such bird");
            assertThat(e.by()).isEqualTo(By.SERVICE);
        });
    }

    @Test
    void saysWhichSettingIsWrongForARequestThatIsTooLarge() {
        assertThat(failure(413, "")).isInstanceOfSatisfying(Rejected.class, e -> {
            assertThat(e).hasMessageContaining("check orchestrator.endpoints.birds.inference.batch-rows");
            assertThat(e.reason()).isEqualTo(Reason.TOO_LARGE);
        });
    }

    @Test
    void waitsAsLongAsTheServerAsks() {
        assertThat(failure(429, "{\"error\":\"slow down\"}", "Retry-After", "7"))
                .isInstanceOfSatisfying(
                        Throttled.class, e -> assertThat(e.retryAfter()).isEqualTo(Duration.ofSeconds(7)));
        assertThat(fixture.budget.told)
                .as("only a gateway's word is for all endpoints")
                .doesNotContain("shut PT7S");
    }

    @Test
    void knowsAServerThatIsAwayFromOneThatDoesNotKnowTheModel() {
        assertThat(failure(404, "{\"error\":\"unknown model\"}")).isInstanceOfSatisfying(NotFound.class, e -> {
            assertThat(e.isAddress()).isFalse();
            assertThat(e).hasMessageContaining("check orchestrator.endpoints.birds.inference.model");
        });
    }

    @Test
    void hintsAtTheKey() {
        assertThat(failure(401, "{\"error\":\"who are you\"}"))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("check orchestrator.endpoints.birds.service-key")
                .message()
                .doesNotContain(InferenceFixture.KEY);
    }

    @ParameterizedTest
    @CsvSource({"500", "502", "503", "302"})
    void doesNotKnowWhatAnotherStatusMeans(int status) {
        assertThat(failure(status, "")).isInstanceOf(Unavailable.class);
    }

    @Test
    void needsTheNameOfAModel() {
        assertThatThrownBy(() -> fixture.endpoint(null))
                .isInstanceOf(InvalidSetting.class)
                .hasMessageContaining("orchestrator.endpoints.birds.inference.model");
    }
}
