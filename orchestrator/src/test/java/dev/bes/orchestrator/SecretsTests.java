package dev.bes.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bes.orchestrator.run.Actor;
import dev.bes.orchestrator.run.State;
import dev.bes.orchestrator.run.query.RunView;
import dev.bes.orchestrator.trigger.request.RequestTrigger;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Keys that the service knows stay with the service: after good runs and bad ones, of a service that repeats all that it is
 * sent, too, they stand in no row, log, page, metric or exception. A start that fails is {@link RefusedStartTests}' matter.
 */
@ExtendWith(OutputCaptureExtension.class)
@Tag("slow")
class SecretsTests {
    private static final String SERVICE_KEY = "Y2FuYXJ5LXNlcnZpY2Uta2V5";
    private static final String SECOND_SERVICE_KEY = "Y2FuYXJ5LXNlY29uZC1zZXJ2aWNlLWtleQ==";
    private static final String SUBSCRIPTION_KEY = "canary0subscription0key000000000";
    private static final String SECOND_SUBSCRIPTION_KEY = "canary0second0subscription0key00";
    private static final String DATABASE_PASSWORD = "canary-database-password";
    private static final String ACCOUNT_KEY =
            TestEnvironment.sandbox().blobConnectionString().replaceAll(".*AccountKey=([^;]+).*", "$1");
    private static final String SIGNATURE = "(?i)sig(?:=|%3D)[a-z0-9+/%]{16,}";
    private static final List<String> ECHOED = List.of("echoed", "echoed-keys");
    private static final List<String> OTHERS = List.of("good", "fails", "refused", "keyless");

    @TempDir
    Path folder;

    private final EchoService echoService = new EchoService(SECOND_SUBSCRIPTION_KEY);

    @Test
    void appearInNoRowLogPageMetricOrException(CapturedOutput output) throws Exception {
        try (echoService;
                OrchestratorNode node = OrchestratorNode.start(jobs(), TestEnvironment.newDatabase(), keys())) {
            RunView good = node.score("good", Map.of());
            assertThat(good.state()).as(good.cause()).isEqualTo(State.FINISHED);
            for (String bad : List.of("fails", "refused", "keyless", "echoed", "echoed-keys")) {
                assertThat(node.score(bad, Map.of()).state()).isEqualTo(State.FAILED);
            }
            failSets(node, output);
            String rows = rows(node);
            String everything = rows + pages(node) + meters(node) + output;

            assertThat(echoService.said())
                    .as("what others have repeated, and where a key might have gone")
                    .contains(SERVICE_KEY, SECOND_SERVICE_KEY, SUBSCRIPTION_KEY, SECOND_SUBSCRIPTION_KEY, ACCOUNT_KEY)
                    .containsPattern(SIGNATURE);
            assertThat(everything)
                    .doesNotContain(SERVICE_KEY, SECOND_SERVICE_KEY, SUBSCRIPTION_KEY, SECOND_SUBSCRIPTION_KEY)
                    .doesNotContain(DATABASE_PASSWORD, ACCOUNT_KEY)
                    .doesNotContain(
                            TestEnvironment.sandbox().service("AlwaysFails").apiKey())
                    .doesNotContain(
                            TestEnvironment.sandbox().subscription("unlimited").primaryKey())
                    .doesNotContainPattern(SIGNATURE);
            assertThat(rows)
                    .as("the rows that were looked through")
                    .contains("SUBMITTED", "wrong-service-key", "batch_step_execution", "FatalStepExecutionException")
                    .contains("Bad request *** ***", "Wrong key *** ***");
            assertThat(everything).as("what else was looked through").contains("Finished", "hikaricp");
        }
    }

    private Path jobs() {
        JobFolder jobs = new JobFolder(folder)
                .definition("good", "feature-hashing", "")
                .definition("fails", "always-fails", "")
                .definition("refused", "wrong-service-key", "")
                .definition("keyless", "wrong-subscription-key", "")
                .definition("echoed", "echo", "")
                .definition("echoed-keys", "echo-of-wrong-keys", "");
        Stream.concat(OTHERS.stream(), ECHOED.stream())
                .forEach(name -> jobs.write("definitions/data/" + name + "/a.csv", "text\na\n"));
        return folder;
    }

    private Map<String, String> keys() {
        Map<String, String> properties = new HashMap<>();
        // the server of the tests asks for no password, and so takes any
        properties.put("spring.datasource.password", DATABASE_PASSWORD);
        for (String name : List.of("wrong-service-key", "wrong-subscription-key", "echo", "echo-of-wrong-keys")) {
            OrchestratorNode.endpoint(name, "SimpleFeatureHashingExperiment")
                    .forEach((key, value) -> properties.put(key, value.toString()));
        }
        set(properties, "wrong-service-key", "service-key", SERVICE_KEY);
        set(properties, "wrong-service-key", "secondary-service-key", SECOND_SERVICE_KEY);
        set(properties, "wrong-subscription-key", "subscription-key", SUBSCRIPTION_KEY);
        set(properties, "wrong-subscription-key", "secondary-subscription-key", SECOND_SUBSCRIPTION_KEY);
        for (String name : List.of("echo", "echo-of-wrong-keys")) {
            set(properties, name, "service-key", SERVICE_KEY);
            set(properties, name, "secondary-service-key", SECOND_SERVICE_KEY);
            set(properties, name, "subscription-key", SUBSCRIPTION_KEY);
            set(properties, name, "secondary-subscription-key", SECOND_SUBSCRIPTION_KEY);
        }
        set(properties, "echo", "url", echoService.url() + "/bad-request");
        set(properties, "echo", "blob-reference", "connection-string");
        set(properties, "echo-of-wrong-keys", "url", echoService.url() + "/wrong-keys");
        return properties;
    }

    private static void set(Map<String, String> properties, String endpoint, String property, String value) {
        properties.put("orchestrator.endpoints." + endpoint + "." + property, value);
    }

    /**
     * Lets sets meet an exception that repeats what the service has repeated. Spring Batch writes down as much of it as it
     * has room for, the log has all of it.
     */
    private static void failSets(OrchestratorNode node, CapturedOutput output) {
        JdbcClient jdbc = node.part(JdbcClient.class);
        jdbc.sql("CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS"
                        + " $$ BEGIN RAISE 'No room for: %', NEW.cause; END $$")
                .update();
        jdbc.sql("CREATE TRIGGER refuse BEFORE INSERT ON history FOR EACH ROW"
                        + " WHEN (NEW.cause LIKE '%Echo%') EXECUTE FUNCTION refuse()")
                .update();
        for (String name : ECHOED) {
            node.part(RequestTrigger.class)
                    .accept(new RequestTrigger.Request(name, null, Map.of(), Map.of(), Actor.ANONYMOUS));
        }
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(output)
                        .containsPattern("PSQLException: ERROR: No room for: .*Bad request \\*\\*\\* \\*\\*\\*")
                        .containsPattern("PSQLException: ERROR: No room for: .*Wrong key \\*\\*\\* \\*\\*\\*"));
        await("the job executions, which are written a moment later")
                .untilAsserted(
                        () -> assertThat(jdbc.sql("SELECT count(*) FROM batch_step_execution WHERE status = 'FAILED'")
                                        .query(Integer.class)
                                        .single())
                                .isGreaterThanOrEqualTo(ECHOED.size()));
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

    /** Names and tags of everything that is measured; no page shows them yet. */
    private static String meters(OrchestratorNode node) {
        return node.part(MeterRegistry.class).getMeters().stream()
                .map(meter -> meter.getId().toString())
                .collect(Collectors.joining());
    }

    private static String pages(OrchestratorNode node) throws IOException, InterruptedException {
        StringBuilder pages = new StringBuilder();
        Stream<String> runs = Stream.of("/runs/%d", "/api/v1/runs/%d")
                .flatMap(page -> Stream.of(1, 2, 3, 4, 5, 6, 7, 8).map(page::formatted));
        Stream<String> others = Stream.of(
                "/", "/definitions", "/attention", "/api/v1/runs", "/api/v1/definitions", "/api/v1/attention");
        Stream<String> technical = Stream.of(
                        "",
                        "/health",
                        "/health/readiness",
                        "/env",
                        "/configprops",
                        "/beans",
                        "/metrics",
                        "/prometheus",
                        "/threaddump",
                        "/heapdump",
                        "/loggers",
                        "/flyway",
                        "/quartz")
                .map("/actuator"::concat);
        try (HttpClient client = HttpClient.newHttpClient()) {
            for (String page :
                    Stream.of(runs, others, technical).flatMap(all -> all).toList()) {
                URI uri = node.url().resolve(page);
                pages.append(client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                        .body());
            }
        }
        return pages.toString();
    }
}
