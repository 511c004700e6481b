package dev.bes.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.orchestrator.run.RunView;
import dev.bes.orchestrator.run.State;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Keys that the service knows stay with the service: after good runs and bad ones they stand in no row, log or page. */
@ExtendWith(OutputCaptureExtension.class)
class SecretsTests {
    private static final String SERVICE_KEY = "Y2FuYXJ5LXNlcnZpY2Uta2V5";
    private static final String SUBSCRIPTION_KEY = "canary0subscription0key000000000";
    private static final String DATABASE_PASSWORD = "canary-database-password";
    private static final String SAS_SIGNATURE = "sig=";

    @TempDir
    Path folder;

    @Test
    void appearNowhere(CapturedOutput output) throws Exception {
        new JobFolder(folder)
                .definition("good", "feature-hashing", "")
                .definition("fails", "always-fails", "")
                .definition("refused", "wrong-service-key", "")
                .definition("keyless", "wrong-subscription-key", "")
                .write("definitions/data/good/a.csv", "text\na\n")
                .write("definitions/data/fails/a.csv", "text\na\n")
                .write("definitions/data/refused/a.csv", "text\na\n")
                .write("definitions/data/keyless/a.csv", "text\na\n");
        try (OrchestratorNode node = OrchestratorNode.start(folder, Laptop.newDatabase(), wrongKeys())) {
            RunView good = node.score("good", Map.of());
            assertThat(good.state()).as(good.cause()).isEqualTo(State.FINISHED);
            for (String bad : List.of("fails", "refused", "keyless")) {
                assertThat(node.score(bad, Map.of()).state()).isEqualTo(State.FAILED);
            }
            String everything = rows(node) + pages(node) + output;

            assertThat(everything)
                    .as("what was looked through")
                    .contains("SUBMITTED", "wrong-service-key", "Finished", "batch_step_execution");
            assertThat(everything)
                    .doesNotContain(SERVICE_KEY, SUBSCRIPTION_KEY, DATABASE_PASSWORD, SAS_SIGNATURE, accountKey())
                    .doesNotContain(Laptop.sandbox().service("AlwaysFails").apiKey())
                    .doesNotContain(Laptop.sandbox().subscription("unlimited").primaryKey());
        }
    }

    private static Map<String, String> wrongKeys() {
        Map<String, String> properties = new HashMap<>();
        // the server of the tests asks for no password, and so takes any
        properties.put("spring.datasource.password", DATABASE_PASSWORD);
        for (String name : List.of("wrong-service-key", "wrong-subscription-key")) {
            OrchestratorNode.endpoint(name, "SimpleFeatureHashingExperiment")
                    .forEach((key, value) -> properties.put(key, value.toString()));
        }
        properties.put("orchestrator.endpoints.wrong-service-key.service-key", SERVICE_KEY);
        properties.put("orchestrator.endpoints.wrong-subscription-key.subscription-key", SUBSCRIPTION_KEY);
        return properties;
    }

    private static String accountKey() {
        return Laptop.sandbox().blobConnectionString().replaceAll(".*AccountKey=([^;]+).*", "$1");
    }

    /** Every row of every table, as text. */
    private static String rows(OrchestratorNode node) {
        JdbcClient jdbc = node.part(JdbcClient.class);
        StringBuilder rows = new StringBuilder();
        for (String table : jdbc.sql("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")
                .query(String.class)
                .list()) {
            rows.append(table)
                    .append(jdbc.sql("SELECT t::text FROM " + table + " t")
                            .query(String.class)
                            .list());
        }
        return rows.toString();
    }

    private static String pages(OrchestratorNode node) throws IOException, InterruptedException {
        StringBuilder pages = new StringBuilder();
        try (HttpClient client = HttpClient.newHttpClient()) {
            for (String page : List.of(
                    "/",
                    "/definitions",
                    "/problems",
                    "/runs/1",
                    "/runs/2",
                    "/runs/3",
                    "/runs/4",
                    "/api/runs",
                    "/api/runs/1",
                    "/api/runs/2",
                    "/api/runs/3",
                    "/api/runs/4",
                    "/api/definitions",
                    "/api/problems",
                    "/actuator",
                    "/actuator/health",
                    "/actuator/env",
                    "/actuator/configprops",
                    "/actuator/metrics",
                    "/actuator/prometheus",
                    "/actuator/threaddump")) {
                URI uri = node.url().resolve(page);
                pages.append(client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                        .body());
            }
        }
        return pages.toString();
    }
}
