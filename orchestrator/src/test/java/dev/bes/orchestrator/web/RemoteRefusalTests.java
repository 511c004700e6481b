package dev.bes.orchestrator.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bes.orchestrator.JobFolder;
import dev.bes.orchestrator.OrchestratorNode;
import dev.bes.orchestrator.TestEnvironment;
import dev.bes.orchestrator.TestProxy;
import dev.bes.orchestrator.run.State;
import dev.bes.orchestrator.run.query.RunReader;
import dev.bes.orchestrator.run.query.RunView;
import dev.bes.orchestrator.run.query.ScoringView;
import dev.bes.orchestrator.run.query.ScoringView.AttemptView;
import dev.bes.orchestrator.run.query.ScoringView.Service;
import dev.bes.sandbox.http.Reply;
import dev.bes.testbench.proxy.CallFault;
import dev.bes.testbench.proxy.CallMatcher;
import dev.bes.testbench.proxy.InjectedFault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** A node whose calls are refused by whoever may refuse them, on real parts with somebody on the way. */
@Tag("slow")
class RemoteRefusalTests {
    private static final String HEALTH = "/actuator/health/remote";
    private static final String HTML = "<html><h1>Blocked by policy</h1></html>";
    private static final Reply STORE_REFUSES = new Reply(
            403, Map.of("x-ms-error-code", "AuthenticationFailed", "Content-Type", "application/xml"), "<Error/>");

    @TempDir
    static Path folder;

    private static TestProxy gateway;
    private static TestProxy store;
    private static OrchestratorNode node;
    private static Caller caller;

    @BeforeAll
    static void start() {
        new JobFolder(folder)
                .definition("large", "feature-hashing", "attempts: { max: 1 }\n")
                .definition("small", "feature-hashing", "attempts: { max: 1 }\nrequest-response:\n  rows: 3\n")
                .write("definitions/data/large/a.csv", "text\none\n")
                .write("definitions/data/small/a.csv", "text\none\n");
        gateway = TestProxy.to(TestEnvironment.sandbox().managedUrl());
        String blobs = TestEnvironment.sandbox().blobConnectionString();
        store = TestProxy.to(URI.create(blobs.replaceAll(".*BlobEndpoint=([^;]+);.*", "$1")));
        Map<String, String> properties = new LinkedHashMap<>(
                gateway.in(OrchestratorNode.endpoint("feature-hashing", "SimpleFeatureHashingExperiment")));
        properties.put("orchestrator.blobs.connection-string", store.in(blobs));
        properties.put("orchestrator.pipeline.poll-max", "200ms");
        node = OrchestratorNode.start(folder, TestEnvironment.newDatabase(), properties);
        caller = new Caller(node.url());
    }

    @AfterEach
    void clear() {
        gateway.clear();
        store.clear();
    }

    @AfterAll
    static void stop() {
        node.close();
        gateway.close();
        store.close();
    }

    private static ConditionFactory patiently() {
        return await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(50));
    }

    private static Reply html(int status) {
        return new Reply(status, Map.of("Content-Type", "text/html"), HTML);
    }

    private static InjectedFault hop(Reply reply, String method, String target) {
        return gateway.inject(new CallFault.AnswerWithoutForwarding(reply), CallMatcher.request(method, target));
    }

    private static ScoringView scoring(long run) {
        return node.part(RunReader.class).scorings(run, 0, 1).getFirst();
    }

    private static String awaitCause(long run, String part) {
        return String.valueOf(patiently()
                .until(() -> scoring(run), s -> String.valueOf(s.cause()).contains(part))
                .cause());
    }

    private static void finishes(long run) {
        RunView ended = node.ended(run);
        assertThat(ended.state()).as(String.valueOf(ended.cause())).isEqualTo(State.FINISHED);
    }

    private static JsonNode part(String path) {
        JsonNode health = caller.get(HEALTH).json();
        for (Path step : Path.of(path)) {
            health = health.path("components").path(step.toString());
        }
        return health;
    }

    private static void isUp(String path) {
        patiently().until(() -> part(path).path("status").asString("").equals("UP"));
    }

    private static String awaitDown(String path, String reason) {
        JsonNode down = patiently()
                .until(
                        () -> part(path),
                        part -> part.path("status").asString("").equals("DOWN")
                                && part.toString().contains(reason));
        assertThat(caller.get(HEALTH).status()).isEqualTo(503);
        assertThat(caller.get("/actuator/health/readiness").status()).isEqualTo(200);
        assertThat(caller.get("/actuator/health/liveness").status()).isEqualTo(200);
        String said = down.toString();
        assertThat(said).doesNotContain("dev.bes", "Exception", "com.azure", "java.");
        return said;
    }

    @ParameterizedTest
    @ValueSource(ints = {413, 403, 404})
    void scoresByAJobWhatAHopDoesNotLetThroughInOneCall(int status) {
        hop(html(status), "POST", "/execute");

        long run = node.request("small", Map.of());
        finishes(run);
        AttemptView attempt = scoring(run).attempts().getLast();
        assertThat(attempt.service()).isEqualTo(Service.JOB);
        assertThat(attempt.number()).isEqualTo(1);
        assertThat(caller.get(HEALTH).body()).as("there is another way").doesNotContain("execute: ");
    }

    @Test
    void waitsForAHopThatLetsNobodyPassAndSaysSo() {
        hop(html(403), "POST", "/jobs\\?");
        long run = node.request("large", Map.of());

        assertThat(awaitCause(run, "403"))
                .startsWith("Submitting is retried later: Endpoint feature-hashing, submit: 403: an HTML page")
                .contains("by a proxy or firewall on the network path")
                .doesNotContain("key");
        assertThat(awaitDown("endpoints/feature-hashing", "submit: 403"))
                .contains("by a proxy or firewall on the network path", "since");
        assertThat(part("store").path("status").asString()).isEqualTo("UP");
        assertThat(caller.get("/attention").body()).contains("The remote side", "Endpoint feature-hashing");

        gateway.clear();
        finishes(run);
        isUp("endpoints/feature-hashing");
        assertThat(caller.get(HEALTH).status()).isEqualTo(200);
        assertThat(caller.get("/attention").body()).doesNotContain("The remote side");
    }

    @ParameterizedTest
    @ValueSource(strings = {HTML, "{ \"statusCode\": 404, \"message\": \"Resource not found\" }"})
    void forgetsNoStartedJobForAnAddressThatSomebodyOnTheWayDoesNotKnow(String said) {
        InjectedFault unknown = hop(new Reply(404, Map.of(), said), "GET", "/jobs/");
        long run = node.request("large", Map.of());

        patiently().until(() -> unknown.applied() > 12);
        assertThat(scoring(run).attention()).isNull();
        assertThat(awaitCause(run, "404")).contains("check orchestrator.endpoints.feature-hashing.url");
        gateway.clear();
        finishes(run);
    }

    @Test
    void namesTheHeaderWhereTheGatewayLooksForItsKey() {
        Reply refusal = Reply.json(
                        401, "{ \"statusCode\": 401, \"message\": \"Access denied due to missing subscription key.\" }")
                .with(
                        "WWW-Authenticate",
                        "AzureApiManagementKey realm=\"http://x.example/azureml-demo\",name=\"x-api-key\",type=\"header\"");
        hop(refusal, "POST", "/jobs\\?");

        RunView run = node.score("large", Map.of());
        assertThat(run.cause())
                .contains("the gateway expects the key in the header 'x-api-key'")
                .contains("set orchestrator.endpoints.feature-hashing.subscription-key-header to it");
        awaitDown("endpoints/feature-hashing", "subscription-key-header");
    }

    @Test
    void waitsForAStoreThatRefusesUsAndNamesTheSetting() {
        store.inject(new CallFault.AnswerWithoutForwarding(STORE_REFUSES), CallMatcher.always());
        long run = node.request("large", Map.of());

        assertThat(awaitCause(run, "403"))
                .startsWith("Staging is retried later: Blob store, staging in/")
                .contains("403 AuthenticationFailed", "check orchestrator.blobs.connection-string");
        assertThat(awaitDown("store", "it refuses our key"))
                .contains("check orchestrator.blobs.connection-string")
                .doesNotContain("AccountKey");
        assertThat(caller.get("/attention").body()).contains("Blob store");
        store.clear();
        finishes(run);
        isUp("store");
    }

    @Test
    void saysThatItIsAHopWhereTheStoreWasNotAsked() {
        store.inject(new CallFault.AnswerWithoutForwarding(html(403)), CallMatcher.always());
        long run = node.request("large", Map.of());

        assertThat(awaitCause(run, "does not come from a blob store"))
                .contains("by a proxy or firewall on the network path, not by the store");
        store.clear();
        finishes(run);
    }

    @Test
    void saysThatAFarSideDoesNotAnswer() {
        gateway.inject(new CallFault.ResetBeforeForwarding(), CallMatcher.always());
        long run = node.request("large", Map.of());

        awaitDown("endpoints/feature-hashing", "5 calls in a row had no answer");
        gateway.clear();
        store.inject(new CallFault.ResetBeforeForwarding(), CallMatcher.always());
        long other = node.request("large", Map.of());
        awaitDown("store", "calls fail: Blob store");
        store.clear();
        finishes(run);
        finishes(other);
        isUp("store");
        isUp("endpoints/feature-hashing");
    }

    @Test
    void doesNotCountAJobThatTheStoreRefusedItsInput() {
        store.inject(
                new CallFault.AnswerWithoutForwarding(STORE_REFUSES),
                CallMatcher.request("GET", "in(/|%2F)").next(2));
        long run = node.request("large", Map.of());

        finishes(run);
        assertThat(scoring(run).attempts()).hasSizeGreaterThan(1);
        assertThat(scoring(run).attempts().getFirst().cause())
                .contains("could not read its input, so nothing was executed and this attempt does not count")
                .contains("(403) AuthenticationFailed");
    }
}
