package dev.bes.sandbox.batchendpoints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bes.sandbox.Sandbox;
import dev.bes.sandbox.SharedStore;
import dev.bes.sandbox.journal.JournalEntry.Event;
import dev.bes.sandbox.settings.Assumptions;
import dev.bes.sandbox.settings.BatchEndpointSettings;
import dev.bes.sandbox.settings.EndpointAnswer.TakenJobName;
import dev.bes.sandbox.settings.NextFaults.Fault;
import dev.bes.sandbox.settings.StateTimes;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Jobs under names of the caller's, and cancels. */
class NamedJobTests {

    private static Sandbox sandbox;
    private static EndpointClient client;

    @BeforeAll
    static void start() {
        sandbox = Sandbox.start(SharedStore.options());
        client = new EndpointClient(sandbox);
        SharedStore.put("named-in/one.csv", "Col2\nThis is a good day\n");
        SharedStore.put("named-out/there", "");
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @BeforeEach
    void withoutFaults() {
        sandbox.batchEndpoints(BatchEndpointSettings.DEFAULT);
        sandbox.assumptions(Assumptions.SAFE);
    }

    @Test
    void runsAJobUnderOurName() {
        HttpResponse<String> made = put("ours-1", body("SimpleFeatureHashingExperiment", "ours.csv"));

        assertThat(made.statusCode()).isEqualTo(201);
        assertEnd("ours-1", "Completed");
        assertThat(SharedStore.get("named-out/ours.csv")).isEqualTo("This is a good day,1,1,2,2,0,2,0,1\n");
        assertThat(client.armJson("/jobs/ours-1")
                        .at("/properties/outputs/scored/uri")
                        .stringValue())
                .endsWith("ours.csv");
    }

    @Test
    void refusesATakenNameAndRunsNothing() {
        put("taken", body("SimpleFeatureHashingExperiment", "taken.csv"));

        HttpResponse<String> again = put("taken", body("SimpleFeatureHashingExperiment", "taken.csv"));

        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(again.body()).contains("already exists");
        assertThat(sandbox.journal().of("taken"))
                .filteredOn(it -> it.event() == Event.START)
                .hasSize(1);
    }

    @Test
    void updatesTheTagsOfATakenNameIfThatIsAssumed() {
        sandbox.assumptions(Assumptions.SAFE.with(TakenJobName.UPDATED));
        put("tagged", body("SimpleFeatureHashingExperiment", "tagged.csv"));

        HttpResponse<String> again = put(
                "tagged",
                body("SimpleFeatureHashingExperiment", "tagged.csv")
                        .replace("\"jobType\"", "\"tags\": {\"run\": \"7\"}, \"jobType\""));

        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(again.body()).contains("\"run\":\"7\"");
        assertThat(sandbox.journal().of("tagged"))
                .filteredOn(it -> it.event() == Event.START)
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"Sweep, SimpleFeatureHashingExperiment, 400", "Pipeline, Unknown-Service, 404"})
    void refusesAJobThatItCannotRun(String type, String component, int status) {
        assertThat(put("not-run", body(component, "x.csv").replace("Pipeline", type))
                        .statusCode())
                .isEqualTo(status);
    }

    @Test
    void cancelsAJobThatHangs() {
        put("hangs", body("HangsForever", "hangs.csv"));
        assertEnd("hangs", "Running");

        HttpResponse<String> cancel = client.arm("POST", "/jobs/hangs/cancel", "");

        assertThat(cancel.statusCode()).isEqualTo(202);
        assertThat(cancel.body()).isEqualTo("null");
        assertEnd("hangs", "Canceled");
        assertThat(operation(cancel)).isEqualTo(200);
    }

    @Test
    void saysCancelRequestedForAWhile() {
        sandbox.batchEndpoints(BatchEndpointSettings.DEFAULT.withStateTimes(
                new StateTimes(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ofMillis(300))));
        put("slowly", body("HangsForever", "slowly.csv"));

        HttpResponse<String> cancel = client.arm("POST", "/jobs/slowly/cancel", "");

        assertThat(operation(cancel)).isEqualTo(202);
        assertThat(state("slowly")).isEqualTo("CancelRequested");
        assertEnd("slowly", "Canceled");
    }

    @Test
    void leavesACancelHangingAsOftenAsIsSet() {
        sandbox.batchEndpoints(BatchEndpointSettings.DEFAULT.withNext(Fault.CANCEL_HANGS, 1));
        put("stuck", body("HangsForever", "stuck.csv"));
        put("free", body("HangsForever", "free.csv"));

        client.arm("POST", "/jobs/stuck/cancel", "");
        client.arm("POST", "/jobs/free/cancel", "");

        assertEnd("free", "Canceled");
        assertThat(state("stuck")).isEqualTo("CancelRequested");
    }

    @Test
    void leavesAJobThatHasEndedAsItIs() {
        put("ended", body("SimpleFeatureHashingExperiment", "ended.csv"));
        assertEnd("ended", "Completed");

        HttpResponse<String> cancel = client.arm("POST", "/jobs/ended/cancel", "");

        assertThat(operation(cancel)).isEqualTo(200);
        assertThat(state("ended")).isEqualTo("Completed");
    }

    private static int operation(HttpResponse<String> cancel) {
        String address = cancel.headers().firstValue("Location").orElseThrow();
        return client.call("GET", address, EndpointClient.ARM, "").statusCode();
    }

    private static HttpResponse<String> put(String name, String body) {
        return client.arm("PUT", "/jobs/" + name, body);
    }

    private static String body(String component, String output) {
        return """
                {"properties": {"jobType": "Pipeline", "experimentName": "nightly",
                  "componentId": "%s/components/%s/versions/1",
                  "inputs": {"rows": {"jobInputType": "uri_file", "uri": "azureml://datastores/named_in/paths/one.csv"}},
                  "outputs": {"scored": {"jobOutputType": "uri_file", "uri": "azureml://datastores/named_out/paths/%s"}}}}
                """.formatted(EndpointClient.WORKSPACE, component, output);
    }

    private static String state(String job) {
        return client.armJson("/jobs/" + job).at("/properties/status").stringValue();
    }

    private static void assertEnd(String job, String status) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(state(job)).isEqualTo(status));
    }
}
