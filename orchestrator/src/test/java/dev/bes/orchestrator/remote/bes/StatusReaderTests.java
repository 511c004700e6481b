package dev.bes.orchestrator.remote.bes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bes.orchestrator.remote.JobStatus;
import dev.bes.orchestrator.remote.JobStatus.State;
import dev.bes.orchestrator.remote.RemoteException.Unavailable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatusReaderTests {

    private final BesFixture besFixture = new BesFixture();

    @AfterEach
    void close() {
        besFixture.close();
    }

    private JobStatus status(String answer) {
        besFixture.scriptedService.answers(200, answer);
        return besFixture.jobs().status("a1");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "0, NOT_STARTED",
                "1, RUNNING",
                "2, FAILED",
                "3, CANCELLED",
                "4, FINISHED",
                "\"4\", FINISHED",
                "\"NotStarted\", NOT_STARTED",
                "\"Not started\", NOT_STARTED",
                "\"running\", RUNNING",
                "\"FAILED\", FAILED",
                "\"Cancelled\", CANCELLED",
                "\"Canceled\", CANCELLED",
                "\" Finished \", FINISHED",
                "\"Paused\", UNKNOWN",
                "\"\", UNKNOWN",
                "null, UNKNOWN",
                "4.5, UNKNOWN",
                "44, UNKNOWN",
                "true, UNKNOWN",
                "{}, UNKNOWN"
            })
    void understandsEveryFormOfAState(String code, State state) {
        JobStatus status = status("{\"StatusCode\": " + code + ", \"Results\": null, \"Details\": null}");

        assertThat(status.state()).isEqualTo(state);
        assertThat(status.remoteState()).isEqualTo(code.replace("\"", "").strip());
        assertThat(status.details()).isNull();
    }

    @Test
    void readsTheMisprintedKeyOfTheOldSample() {
        assertThat(status("{\"Status Code\": \"Finished\"}").state()).isEqualTo(State.FINISHED);
    }

    @Test
    void takesTheLastOfDuplicateKeys() {
        assertThat(status("{\"StatusCode\": 1, \"StatusCode\": 4}").state()).isEqualTo(State.FINISHED);
    }

    @Test
    void keepsAnUnknownWordShortAndPrintable() {
        assertThat(status("{\"StatusCode\": \"Pau\\u0000\\u202Esed%s\"}".formatted("x".repeat(200))))
                .satisfies(status ->
                        assertThat(status.remoteState()).startsWith("Pau  sedx").hasSize(100));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "\"Error 0003\" | Error 0003",
                "{\"code\": 1} | {\"code\":1}",
                "[\"a\", 2] | [\"a\",2]",
                "17 | 17",
                "\"at https://x/c/a.csv?sv=1&sig=abc%2Bd%3D&sp=r\" | at https://x/c/a.csv?sv=1&sig=***&sp=r",
                "\"AccountName=a;AccountKey=abc==;X=1\" | AccountName=a;AccountKey=***;X=1"
            })
    void keepsDetailsOfAnyTypeAsTextWithoutSecrets(String details, String kept) {
        assertThat(status("{\"StatusCode\": \"Failed\", \"Details\": " + details + "}")
                        .details())
                .isEqualTo(kept);
    }

    @Test
    void cutsLongDetails() {
        assertThat(status("{\"StatusCode\": 2, \"Details\": \"%s\"}".formatted("x".repeat(9_000)))
                        .details())
                .hasSize(2_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[]",
                "\"Finished\"",
                "{\"StatusCode\": ",
                "{\"state\": 4}",
                "{\"StatusCode\": 4} {\"StatusCode\": 2}",
                "<html></html>"
            })
    void doesNotTakeAnAnswerWithoutAStateForAnEnd(String answer) {
        assertThatThrownBy(() -> status(answer))
                .isInstanceOf(Unavailable.class)
                .hasMessageStartingWith("Endpoint toxic, status: ");
    }

    @Test
    void survivesDeepNesting() {
        assertThatThrownBy(() -> status("{\"StatusCode\": " + "[".repeat(100_000)))
                .isInstanceOf(Unavailable.class);
    }
}
