package dev.bes.orchestrator.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bes.api.client.OrchestratorClient;
import dev.bes.api.run.AcceptedRunJson;
import dev.bes.api.run.ForecastJson;
import dev.bes.api.run.NewRunJson;
import dev.bes.orchestrator.JobFolder;
import dev.bes.orchestrator.OrchestratorNode;
import dev.bes.orchestrator.TestEnvironment;
import dev.bes.orchestrator.run.query.RunFilter;
import dev.bes.orchestrator.run.query.RunReader;
import dev.bes.orchestrator.run.query.RunView;
import dev.bes.sandbox.catalogue.WebService;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that the managed API lets through far more slowly than a test can wait say so, from the moment they exist. */
@Tag("slow")
class ForecastTests {
    private static final int FILES = 30;

    @TempDir
    static Path folder;

    private static OrchestratorNode node;
    private static OrchestratorClient client;

    @BeforeAll
    static void start() {
        JobFolder jobs = new JobFolder(folder)
                .definition("jobs", "limited", "")
                .definition("small", "limited", "request-response:\n  rows: 3\n")
                .definition("free", "feature-hashing", "")
                .write("definitions/data/free/0.csv", "text\nday\n")
                .definition("drops", "limited", "triggers:\n  files:\n    - folder: drops\n      settle: 1s\n")
                .definition(
                        "ticks", "limited", "triggers:\n  schedules:\n    - name: tick\n      cron: \"* * * * * ?\"\n");
        for (int i = 0; i < FILES; i++) {
            jobs.write("definitions/data/jobs/" + i + ".csv", "text\nday " + i + "\n")
                    .write("definitions/data/small/" + i + ".csv", "text\nday " + i + "\n")
                    .write("definitions/data/ticks/" + i + ".csv", "text\nday " + i + "\n");
        }
        node = OrchestratorNode.start(folder, TestEnvironment.newDatabase(), limitedEndpoint());
        client = new OrchestratorClient(node.url());
    }

    /** Without a subscription, so that nothing of it is used up for other tests. */
    private static Map<String, String> limitedEndpoint() {
        WebService service = TestEnvironment.sandbox().service("SimpleFeatureHashingExperiment");
        String prefix = "orchestrator.endpoints.limited.";
        return Map.of(
                prefix + "url",
                TestEnvironment.sandbox().directUrl() + service.path(),
                prefix + "service-key",
                service.apiKey(),
                prefix + "rate-limit",
                "5/60s",
                prefix + "quota",
                "100/7d");
    }

    @AfterAll
    static void stop() {
        client.close();
        node.close();
    }

    @Test
    void isPartOfTheAnswerToARequest() {
        AcceptedRunJson accepted = request("jobs", "once");

        ForecastJson forecast = Objects.requireNonNull(accepted.forecast());
        assertThat(forecast.calls()).isEqualTo(4 * FILES);
        assertThat(forecast.limits()).containsExactly("5 calls in 1 min", "100 calls in 7 d");
        assertThat(forecast.by()).isAfter(Instant.now().plus(Duration.ofDays(7).minusMinutes(5)));
        assertThat(request("jobs", "once").forecast()).isNotNull();
        assertThat(client.api().run(accepted.id()).run().forecast()).isNotNull();
        assertThat(client.text("/runs/" + accepted.id())).contains("5 calls in 1 min and 100 calls in 7 d");
    }

    @Test
    void reckonsOneCallForWhatIsScoredAtOnce() {
        assertThat(Objects.requireNonNull(request("small", "small").forecast()).calls())
                .isEqualTo(FILES);
    }

    @Test
    void isNotThereForWhatNoLimitsHoldUp() {
        assertThat(request("free", "free").forecast()).isNull();
    }

    @Test
    void isThereWhenARunOfAScheduleIsSeenForTheFirstTime() {
        assertThat(Objects.requireNonNull(first("ticks").forecast()).calls()).isEqualTo(4 * FILES);
    }

    @Test
    void isThereWhenARunOfADroppedFileIsSeenForTheFirstTime() {
        request("jobs", "before");
        new JobFolder(folder).write("inbox/drops/a.csv", "text\nday\n");

        assertThat(Objects.requireNonNull(first("drops").forecast()).calls()).isEqualTo(4);
    }

    private static AcceptedRunJson request(String definition, String key) {
        return client.request(NewRunJson.of(definition), key).run();
    }

    private static RunView first(String definition) {
        RunReader reader = node.part(RunReader.class);
        List<RunView> runs = await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> reader.list(RunFilter.ALL.of(definition), 1), list -> !list.isEmpty());
        return runs.getFirst();
    }
}
