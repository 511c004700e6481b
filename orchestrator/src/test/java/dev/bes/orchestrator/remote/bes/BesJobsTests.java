package dev.bes.orchestrator.remote.bes;

import static dev.bes.orchestrator.remote.bes.BesFixture.REQUEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bes.orchestrator.remote.RemoteException.Unavailable;
import dev.bes.orchestrator.remote.TwoStepJobs;
import dev.bes.orchestrator.remote.blob.BlobReference.Form;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class BesJobsTests {

    private final BesFixture besFixture = new BesFixture();
    private final ScriptedService scriptedService = besFixture.scriptedService;
    private final TwoStepJobs jobs = besFixture.jobs();

    @AfterEach
    void close() {
        besFixture.close();
    }

    @Test
    void submitsWithBothKeysAndOneSasForEachBlob() {
        scriptedService.answers(200, "\"539d0bc2fde945b6ac986b851d0000f0\"");

        assertThat(jobs.submit(REQUEST)).isEqualTo("539d0bc2fde945b6ac986b851d0000f0");

        ScriptedService.Asked asked = scriptedService.onlyAsked();
        assertThat(asked.line()).isEqualTo("POST /base/jobs?api-version=2.0");
        assertThat(asked.header("Authorization")).isEqualTo("Bearer " + BesFixture.SERVICE_KEY);
        assertThat(asked.header("Ocp-Apim-Subscription-Key")).isEqualTo(BesFixture.SUBSCRIPTION_KEY);
        assertThat(asked.header("Content-Type")).isEqualTo("application/json");
        JsonNode body = BesJson.MAPPER.readTree(asked.body());
        assertThat(body.path("Inputs").path("input1")).isEqualTo(BesJson.MAPPER.readTree("""
                {"RelativeLocation": "c/in/1/a.csv", "BaseLocation": "https://a.example/",
                 "SasBlobToken": "?sv=2026&sig=c2lnbmF0dXJl&sp=rREADPT2H"}"""));
        assertThat(body.path("Outputs").path("output1").path("SasBlobToken").asString())
                .endsWith("WRITEPT2H");
        assertThat(body.path("GlobalParameters")).isEqualTo(BesJson.MAPPER.readTree("{\"Seed\": \"7\"}"));
    }

    @Test
    void submitsWithTheConnectionStringWhereTheEndpointWantsIt() {
        scriptedService.answers(200, "\"a1\"");

        besFixture
                .endpoints(scriptedService.url(), Duration.ofSeconds(20), Form.CONNECTION_STRING)
                .jobs("toxic")
                .submit(REQUEST);

        JsonNode body = BesJson.MAPPER.readTree(scriptedService.onlyAsked().body());
        assertThat(body.path("Inputs").path("input1"))
                .isEqualTo(BesJson.MAPPER.readTree(
                        "{\"ConnectionString\": \"AccountKey=k\", \"RelativeLocation\": \"c/in/1/a.csv\"}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"../admin\"",
                "\"\"",
                "\"a%0d%0ab\"",
                "\"ä\"",
                "\"a b\"",
                "\"aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffff123456\"",
                "17",
                "null",
                "{\"id\": \"a1\"}",
                "a1",
                "\"a1",
                "",
                "<html>ok</html>"
            })
    void takesNothingElseForAJobId(String answer) {
        scriptedService.answers(200, answer);

        assertThatThrownBy(() -> jobs.submit(REQUEST))
                .isInstanceOf(Unavailable.class)
                .hasMessageStartingWith("Endpoint toxic, submit: ");
    }

    @Test
    void readsAJobIdBehindAByteOrderMarkAndAnOldContentType() {
        scriptedService.answers(200, "\uFEFF\"a1\"", "Content-Type", "text/json");

        assertThat(jobs.submit(REQUEST)).isEqualTo("a1");
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 202, 204})
    void startsAndCancelsWithAnEmptyBody(int status) {
        scriptedService.answers(status, "").answers(status, "");

        jobs.start("a1");
        jobs.cancel("a1");

        assertThat(scriptedService.asked)
                .extracting(ScriptedService.Asked::line)
                .containsExactly("POST /base/jobs/a1/start?api-version=2.0", "DELETE /base/jobs/a1?api-version=2.0");
        assertThat(scriptedService.asked.getFirst().header("Content-Length")).isEqualTo("0");
        assertThat(scriptedService.asked.getFirst().header("Content-Type")).isEqualTo("null");
    }

    @ParameterizedTest
    @CsvSource({"text/html, Please sign in", "text/plain, '  <!DOCTYPE html><p>Please sign in</p>'"})
    void doesNotTakeAnHtmlPageForAStart(String type, String page) {
        scriptedService.answers(200, page, "Content-Type", type);

        assertThatThrownBy(() -> jobs.start("a1"))
                .isInstanceOf(Unavailable.class)
                .hasMessageContaining("HTML");
    }

    @Test
    void sendsNoCallForAnIdThatCouldLeadElsewhere() {
        assertThatIllegalArgumentException().isThrownBy(() -> jobs.status("../admin"));
        assertThat(scriptedService.asked).isEmpty();
    }
}
