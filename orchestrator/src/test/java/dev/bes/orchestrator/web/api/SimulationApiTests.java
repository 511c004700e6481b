package dev.bes.orchestrator.web.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.bes.api.definition.SchedulesJson.NewPauseJson;
import dev.bes.api.definition.SimulationJson;
import dev.bes.api.definition.SimulationJson.SimulatedFireJson;
import dev.bes.orchestrator.web.Caller.Answer;
import dev.bes.orchestrator.web.WebNode;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The simulator by REST. The schedule of the node fires at 02:00 in New York, where clocks change on 14 March 2027. */
@Tag("slow")
class SimulationApiTests {
    @TempDir
    static Path folder;

    private static WebNode node;

    @BeforeAll
    static void start() {
        node = WebNode.start(folder);
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @Test
    void listsEveryFireTimeAcrossAChangeOfClocks() {
        SimulationJson simulation = node.api().simulate("greetings", "2027-03-13", "2027-03-15", null, null);

        assertThat(simulation.complete()).isTrue();
        assertThat(simulation.fires())
                .extracting(SimulatedFireJson::time, SimulatedFireJson::outcome, SimulatedFireJson::zone)
                .containsExactly(
                        tuple(Instant.parse("2027-03-13T07:00:00Z"), "started", "America/New_York"),
                        tuple(Instant.parse("2027-03-15T06:00:00Z"), "started", "America/New_York"));
    }

    @Test
    void knowsThePausesOfNowAndTheWeekAhead() {
        node.api().pause("greetings", "nightly", new NewPauseJson("audit"));
        SimulationJson paused = node.api().simulate(null, null, null, "30m", 1);
        node.api().resume("greetings", "nightly");

        assertThat(paused.complete()).isFalse();
        assertThat(paused.fires())
                .singleElement()
                .returns("paused", SimulatedFireJson::outcome)
                .returns("paused by user:anonymous: audit", SimulatedFireJson::reason);
        assertThat(node.api().simulate(null, null, null, null, null).fires()).hasSize(7);
    }

    @Test
    void showsTheSameOnAPage() {
        Answer page = node.caller()
                .get("/schedules/simulation?definition=greetings&from=2027-03-13&to=2027-03-15", "Accept", "text/html");

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body())
                .contains("2027-03-13 07:00:00 UTC", "Sat 2027-03-13 02:00:00", "Mon 2027-03-15 02:00:00")
                .doesNotContain("fire times only");
        assertThat(node.caller()
                        .get("/schedules/simulation?from=2027-01-01&to=2026-12-01", "Accept", "text/html")
                        .status())
                .isEqualTo(400);
        assertThat(node.caller().get("/schedules", "Accept", "text/html").body())
                .contains("href=\"/schedules/simulation\"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            from=2027-01-01&to=2029-01-01 | 400 | 'to' must be after 'from', by at most 366 days
            from=2027-01-02&to=2027-01-01 | 400 | 'to' must be after 'from'
            runTime=long | 400 | 'runTime' is no time such as
            runTime=-5m | 400 | 'runTime' is no time such as
            limit=10001 | 400 | 'limit' must be a number from 1 to 10000
            definition=none | 404 | none
            """)
    void saysWhatIsWrong(String query, int status, String detail) {
        Answer answer = node.caller().get("/api/v1/schedules/simulation?" + query);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.json().path("detail").asString()).contains(detail);
    }
}
