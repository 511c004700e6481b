package dev.bes.orchestrator.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bes.api.client.OrchestratorApi;
import dev.bes.api.client.OrchestratorClient;
import dev.bes.api.run.CallbacksJson;
import dev.bes.api.run.CallbacksJson.CallbackJson;
import dev.bes.api.run.NewRunJson;
import dev.bes.orchestrator.JobFolder;
import dev.bes.orchestrator.OrchestratorNode;
import dev.bes.orchestrator.TestEnvironment;
import dev.bes.orchestrator.callback.CallbackReceiver.Call;
import dev.bes.orchestrator.web.Caller;
import dev.bes.orchestrator.web.Caller.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.io.FileSystemResource;

/** Callbacks through the API and the pages of a real node. */
@Tag("slow")
class CallbacksTests {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    static Path folder;

    private static CallbackReceiver receiver;
    private static OrchestratorNode node;
    private static OrchestratorClient client;
    private static OrchestratorApi api;
    private static Caller caller;

    @BeforeAll
    static void start() {
        receiver = new CallbackReceiver();
        JobFolder jobs = new JobFolder(folder);
        jobs.definition("quiet", "feature-hashing", "");
        jobs.write("definitions/data/quiet/day.csv", "text\nThis is a good day\n");
        jobs.definition("telling", "feature-hashing", "callbacks: [\"%s/of-definition\"]\n".formatted(receiver.url()));
        jobs.write("definitions/data/telling/day.csv", "text\nThis is a good day\n");
        node = OrchestratorNode.start(
                folder,
                TestEnvironment.newDatabase(),
                Map.of(
                        "orchestrator.callbacks.allow", receiver.url(),
                        "orchestrator.callbacks.secret", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                        "orchestrator.callbacks.first-retry", "100ms"));
        client = new OrchestratorClient(node.url());
        api = client.api();
        caller = new Caller(node.url());
    }

    @AfterAll
    static void stop() {
        client.close();
        node.close();
        receiver.close();
    }

    private static CallbackJson delivered(long run) {
        return await().atMost(PATIENCE)
                .until(
                        () -> callbacks(run),
                        list -> list.size() == 1 && list.getFirst().state().equals("delivered"))
                .getFirst();
    }

    private static List<CallbackJson> callbacks(long run) {
        return api.callbacks(null, null, run, null, null).callbacks();
    }

    private static long request(String body) {
        Answer answer = caller.post("/api/v1/runs", body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer.json().get("id").asLong();
    }

    @Test
    void tellsWhoeverTheRequestNamesAndShowsNoQuery() {
        long run = request("{\"definition\": \"quiet\", \"callback\": \"%s/of-request?key=only-theirs\"}"
                .formatted(receiver.url()));
        CallbackJson callback = delivered(run);

        Call call = receiver.calls("/of-request?key=only-theirs").getFirst();
        assertThat(call.body()).contains("\"run\":" + run, "\"state\":\"Finished\"", "\"definition\":\"quiet\"");
        assertThat(call.id()).isEqualTo(callback.event().toString());
        assertThat(callback)
                .returns(receiver.url() + "/of-request?…", CallbackJson::address)
                .returns(204, CallbackJson::status)
                .returns(1, CallbackJson::attempts);
        assertThat(caller.get("/runs/" + run).body()).contains("/of-request?…").doesNotContain("only-theirs");
        assertThat(caller.get("/callbacks?run=" + run).body())
                .contains("/of-request?…")
                .doesNotContain("only-theirs");
    }

    @Test
    void tellsWhoeverTheDefinitionNamesAfterAFailureToo() {
        receiver.answer(500);
        long run = client.request(NewRunJson.of("telling"), null).id();

        CallbackJson callback = delivered(run);
        assertThat(callback.attempts()).isEqualTo(2);
        assertThat(receiver.calls("/of-definition"))
                .hasSize(2)
                .extracting(Call::id)
                .containsOnly(callback.event().toString());
    }

    @Test
    void takesTheCallbackOfAForm() throws Exception {
        Path file = Files.writeString(folder.resolve("sent.csv"), "text\na\n");
        NewRunJson request = new NewRunJson("quiet", null, null, receiver.url() + "/of-form");
        long run = client.request(request, Map.of("input1", new FileSystemResource(file)), null)
                .id();

        delivered(run);
        assertThat(receiver.calls("/of-form")).hasSize(1);
    }

    @Test
    void refusesWhatTheSettingsDoNotAllowBeforeAnythingIsWritten() {
        for (String address : List.of(
                "http://169.254.169.254/latest",
                "http://localhost/",
                "http://2130706433/",
                receiver.url().replace("http://", "http://x@"),
                receiver.url() + "/#x",
                "file:///etc/passwd",
                "")) {
            Answer answer = caller.post(
                    "/api/v1/runs",
                    "{\"definition\": \"quiet\", \"callback\": \"" + address + "\"}",
                    "Idempotency-Key",
                    "refused");
            assertThat(answer.status()).as(address).isEqualTo(422);
            assertThat(answer.json().get("type").asString()).endsWith("#callback-refused");
        }
        assertThat(caller.post(
                                "/api/v1/runs",
                                "{\"definition\": \"quiet\", \"callback\": \"https://evil.example.com/\"}")
                        .json()
                        .get("detail")
                        .asString())
                .isEqualTo("https://evil.example.com may not be called: orchestrator.callbacks.allow does not list it");
        // the key of a request that was refused is still free
        assertThat(caller.post("/api/v1/runs", "{\"definition\": \"quiet\"}", "Idempotency-Key", "refused")
                        .status())
                .isEqualTo(201);
    }

    @Test
    void refusesTheSameKeyWithAnotherCallback() {
        String body = "{\"definition\": \"quiet\", \"callback\": \"%s/%s\"}";
        Answer first = caller.post("/api/v1/runs", body.formatted(receiver.url(), "a"), "Idempotency-Key", "calling");
        Answer again = caller.post("/api/v1/runs", body.formatted(receiver.url(), "a"), "Idempotency-Key", "calling");
        Answer other = caller.post("/api/v1/runs", body.formatted(receiver.url(), "b"), "Idempotency-Key", "calling");

        assertThat(again.body()).isEqualTo(first.body());
        assertThat(other.status()).isEqualTo(422);
    }

    @Test
    void listsAndCallsAgain() {
        long run = request("{\"definition\": \"quiet\", \"callback\": \"%s/again\"}".formatted(receiver.url()));
        CallbackJson first = delivered(run);

        assertThat(api.retryCallback(first.id())).returns("waiting", CallbackJson::state);
        await().atMost(PATIENCE).until(() -> receiver.calls("/again").size() == 2);
        delivered(run);

        CallbacksJson page = api.callbacks("quiet", "delivered", null, null, 1);
        assertThat(page.callbacks()).hasSize(1);
        assertThat(caller.get("/api/v1/callbacks?state=lost").status()).isEqualTo(400);
        assertThat(caller.get("/api/v1/callbacks?run=x").status()).isEqualTo(400);
        assertThat(caller.get("/callbacks?state=delivered").body()).contains("/again");
        assertThat(caller.get("/api/v1/audit?action=callback.retried").body()).contains("callback " + first.id());
    }
}
