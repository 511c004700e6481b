package dev.bes.sandbox.batchendpoints;

import static dev.bes.sandbox.batchendpoints.EndpointClient.body;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bes.sandbox.Sandbox;
import dev.bes.sandbox.SharedStore;
import dev.bes.sandbox.journal.JournalEntry;
import dev.bes.sandbox.journal.JournalEntry.Event;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Jobs of endpoints, from invoke to their predictions, and what Azure Resource Manager says of them. */
class BatchEndpointTests {

    private static final String ENDPOINT = "SimpleFeatureHashingExperiment";
    private static final String INPUT = "https://devstoreaccount1.blob.core.windows.net/endpoint-in/one.csv";
    private static final String SCORED = "This is a good day,1,1,2,2,0,2,0,1\n";

    private static Sandbox sandbox;
    private static EndpointClient client;

    @BeforeAll
    static void start() {
        sandbox = Sandbox.start(SharedStore.options());
        client = new EndpointClient(sandbox);
        SharedStore.put("endpoint-in/one.csv", "Col2\nThis is a good day\n");
        SharedStore.put("endpoint-in/many/a.csv", "Col2\nThis is a good day\n");
        SharedStore.put("endpoint-in/many/b.csv", "Col2\nThis is a good day\nThis is a good day\n");
        SharedStore.put("endpoint-in/many/deeper/c.csv", "Col2\nThis is a good day\n");
        SharedStore.put("endpoint-out/there", "");
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @Test
    void findsTheAddressToInvoke() {
        JsonNode endpoint = client.armJson("/batchEndpoints/" + ENDPOINT);

        assertThat(endpoint.at("/properties/scoringUri").stringValue())
                .isEqualTo(sandbox.directUrl() + "/batchEndpoints/" + ENDPOINT + "/jobs");
        assertThat(endpoint.at("/properties/defaults/deploymentName").stringValue())
                .isEqualTo("lines");
    }

    @Test
    void scoresAFileIntoAFileOfOurName() {
        String job = client.invoke(ENDPOINT, body("UriFile", INPUT, output("mine.csv")));

        assertEnd(job, "Completed");
        assertThat(SharedStore.get("endpoint-out/mine.csv")).isEqualTo(SCORED);
    }

    @Test
    void answersAnInvokeAsTheRecordingsHaveIt() {
        var reply = client.scoring(
                "POST", "/batchEndpoints/" + ENDPOINT + "/jobs", body("UriFile", INPUT, output("answer.csv")));
        JsonNode job = EndpointClient.json.readTree(reply.body());
        String name = job.path("name").stringValue();

        assertThat(reply.statusCode()).isEqualTo(201);
        assertThat(reply.headers().firstValue("azureml-model-deployment")).contains("lines");
        assertThat(reply.headers().firstValue("Location").orElseThrow()).endsWith("/deployments/lines");
        assertThat(job.path("id").stringValue()).endsWith("/deployments/lines/jobs/" + name);
        assertThat(job.at("/properties/outputData/score/uri").stringValue()).isEqualTo(output("answer.csv"));
        assertThat(job.at("/properties/properties/azureml.parameters").stringValue())
                .contains("\"append_row_file_name\":\"answer.csv\"");
        assertThat(job.at("/properties/name").stringValue()).isNotEqualTo(name);
    }

    @Test
    void scoresEachFileOfAFolderAndNoneOfTheFoldersInIt() {
        String job = client.invoke(
                ENDPOINT,
                body("UriFolder", INPUT.replace("one.csv", "many"), output("many.csv")),
                "azureml-model-deployment",
                "numbered-lines");

        assertEnd(job, "Completed");
        assertThat(SharedStore.get("endpoint-out/many.csv").split("\n"))
                .containsExactlyInAnyOrder(
                        "a.csv,0," + SCORED.strip(), "b.csv,0," + SCORED.strip(), "b.csv,1," + SCORED.strip());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "data-frame | \"This is a good day\" 1 1 2 2 0 2 0 1",
                "mlflow     | 0,1,one.csv",
                "lines      | This is a good day,1,1,2,2,0,2,0,1"
            })
    void appendsWhatTheDeploymentReturns(String deployment, String row) {
        String job = client.invoke(
                ENDPOINT,
                body("UriFile", INPUT, output("by-" + deployment + ".csv")),
                "azureml-model-deployment",
                deployment);

        assertEnd(job, "Completed");
        assertThat(SharedStore.get("endpoint-out/by-" + deployment + ".csv")).isEqualTo(row + "\n");
    }

    @Test
    void putsAnOutputWithoutAPlaceUnderTheChildsId() {
        String job = client.invoke(ENDPOINT, """
                {"Properties": {}, "properties": {"InputData": {"in": {"JobInputType": "UriFile", "Uri": "%s"}}}}""".formatted(INPUT));

        assertEnd(job, "Completed");
        String path = String.valueOf(fact(job, Event.OUTPUT, "path"));
        assertThat(path)
                .matches("azureml-blobstore/azureml/[-0-9a-f]{36}/score/predictions\\.csv")
                .doesNotContain(job);
        assertThat(SharedStore.get(path)).isEqualTo(SCORED);
    }

    @Test
    void takesTheOldestForm() {
        String job = client.invoke(ENDPOINT, """
                {"properties": {"dataset": {"dataInputType": "DataUrl", "Path": "%s"}}}""".formatted(INPUT.replace("one.csv", "many")));

        assertEnd(job, "Completed");
        assertThat(fact(job, Event.OUTPUT, "rows")).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "azureml://datastores/endpoint_in/paths/one.csv",
                "azureml:/subscriptions/s/resourceGroups/r/providers/Microsoft.MachineLearningServices/workspaces/w/datastores/endpoint_in/paths/one.csv",
                "azureml://subscriptions/s/resourcegroups/r/workspaces/w/datastores/endpoint_in/paths/one.csv"
            })
    void readsInputsByTheirDatastore(String uri) {
        String job = client.invoke(ENDPOINT, body("UriFile", uri, output(uri.hashCode() + ".csv")));

        assertEnd(job, "Completed");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "UriFile | https://elsewhere.blob.core.windows.net/c/a.csv | azureml://datastores/endpoint_out/paths/a.csv | cannot be used",
                "UriFile | http://169.254.169.254/latest/meta-data | azureml://datastores/endpoint_out/paths/a.csv | cannot be used",
                "UriFile | azureml://datastores/endpoint_in/paths/one.csv | https://devstoreaccount1.blob.core.windows.net/c/a.csv | An output needs",
                "Literal | azureml://datastores/endpoint_in/paths/one.csv | azureml://datastores/endpoint_out/paths/a.csv | UriFile or UriFolder"
            })
    void refusesDataThatItCannotReach(String type, String input, String output, String message) {
        var reply = client.scoring("POST", "/batchEndpoints/" + ENDPOINT + "/jobs", body(type, input, output));

        assertThat(reply.statusCode()).isEqualTo(400);
        assertThat(reply.body()).contains("\"UserError\"").contains(message);
    }

    @Test
    void refusesADeploymentThatIsNotThere() {
        var reply = client.scoring(
                "POST",
                "/batchEndpoints/" + ENDPOINT + "/jobs",
                body("UriFile", INPUT, output("none.csv")),
                "azureml-model-deployment",
                "none");

        assertThat(reply.statusCode()).isEqualTo(400);
        assertThat(reply.body()).contains("No valid deployments to route to");
    }

    @Test
    void failsAJobWhoseInputIsMissing() {
        String job = client.invoke(ENDPOINT, body("UriFile", INPUT + ".csv", output("missing.csv")));

        assertEnd(job, "Failed");
        assertThat(String.valueOf(fact(job, Event.STATE, "details"))).contains("404");
    }

    @Test
    void scoresTheOtherFilesOfAFolderWithABadOne() {
        SharedStore.put("endpoint-in/bad/a.csv", "Col2\nThis is a good day\n");
        SharedStore.put("endpoint-in/bad/b.csv", "Col2\nThis is a good day\nx,y\n");
        String job = client.invoke(ENDPOINT, body("UriFolder", INPUT.replace("one.csv", "bad"), output("bad.csv")));

        assertEnd(job, "Completed");
        assertThat(SharedStore.get("endpoint-out/bad.csv")).isEqualTo(SCORED);
    }

    @Test
    void failsAJobWithMoreBadFilesThanItsThreshold() {
        SharedStore.put("endpoint-in/threshold/a.csv", "Col2\nThis is a good day\n");
        SharedStore.put("endpoint-in/threshold/b.csv", "");
        String body = body("UriFolder", INPUT.replace("one.csv", "threshold"), output("threshold.csv"))
                .replace("{\"properties\":{", "{\"properties\":{\"errorThreshold\":0,");

        assertEnd(client.invoke(ENDPOINT, body), "Failed");
    }

    @Test
    void showsAJobInEachOfItsPlaces() {
        String job = client.invoke(ENDPOINT, body("UriFile", INPUT, output("places.csv")));
        assertEnd(job, "Completed");
        String mferp = "/mferp/managementfrontend" + EndpointClient.WORKSPACE + "/batchEndpoints/" + ENDPOINT;

        JsonNode arm = client.armJson("/jobs/" + job);
        assertThat(arm.at("/properties/status").stringValue()).isEqualTo("Completed");
        assertThat(arm.at("/properties/jobType").stringValue()).isEqualTo("Pipeline");
        assertThat(arm.at("/properties/experimentName").stringValue()).isEqualTo(ENDPOINT);
        assertThat(arm.at("/properties/inputs").isNull()).isTrue();
        for (String parent : List.of(mferp, mferp + "/deployments/lines")) {
            String version = "?api-version=2020-09-01-dataplanepreview";
            assertThat(client.scoring("GET", parent + "/jobs/" + job + version, "")
                            .body())
                    .contains("\"status\":\"Completed\"");
            assertThat(names(client.pages(parent + "/jobs" + version, EndpointClient.SCORING)))
                    .contains(job);
        }
        assertThat(client.scoring("GET", "/batchEndpoints/" + ENDPOINT + "/deployments/mlflow/jobs/" + job, "")
                        .statusCode())
                .isEqualTo(404);
        assertThat(names(client.pages(EndpointClient.WORKSPACE + "/jobs?api-version=2024-10-01", EndpointClient.ARM)))
                .contains(job);
    }

    @Test
    void listsAllJobsPageByPage() {
        List<String> started = IntStream.range(0, 25)
                .mapToObj(i -> client.invoke("AlwaysFails", body("UriFile", INPUT, output("page-" + i + ".csv"))))
                .toList();

        assertThat(names(client.pages("/batchEndpoints/AlwaysFails/jobs", EndpointClient.SCORING)))
                .containsExactlyInAnyOrderElementsOf(started);
    }

    @Test
    void journalsEachStartWithThePathsOfTheJob() {
        String job = client.invoke(ENDPOINT, body("UriFile", INPUT, output("nonce-4711/journal.csv")));
        assertEnd(job, "Completed");

        List<JournalEntry> entries = sandbox.journal().of(job);
        assertThat(entries)
                .extracting(JournalEntry::event)
                .contains(Event.SUBMIT, Event.START, Event.STATE, Event.OUTPUT, Event.CALL);
        assertThat(fact(job, Event.SUBMIT, "outputs")).hasToString("{score=endpoint-out/nonce-4711/journal.csv}");
        assertThat(fact(job, Event.START, "accepted")).isEqualTo(true);
        assertThat(entries.stream().filter(it -> it.event() == Event.STATE).map(it -> it.fact("to")))
                .containsExactly("NotStarted", "Running", "Running", "Finished");
    }

    @Test
    void showsTheDefaultDatastoreAndTheKeyOfItsAccount() {
        JsonNode first =
                client.armJson("/datastores?isDefault=true").path("value").path(0);

        assertThat(first.path("name").stringValue()).isEqualTo("workspaceblobstore");
        assertThat(first.at("/properties/accountName").stringValue()).isEqualTo("devstoreaccount1");
        assertThat(client.armJson("/datastores/endpoint_out")
                        .at("/properties/containerName")
                        .stringValue())
                .isEqualTo("endpoint-out");
        assertThat(client.arm("GET", "/datastores/nowhere", "").statusCode()).isEqualTo(404);
        assertThat(client.arm("POST", "/datastores/workspaceblobstore/listSecrets", "")
                        .body())
                .contains("AccountKey");
    }

    @Test
    void wantsAVersionOfTheResourceManager() {
        assertThat(client.call("GET", EndpointClient.WORKSPACE + "/jobs", EndpointClient.ARM, "")
                        .body())
                .contains("MissingApiVersionParameter");
    }

    private static String output(String path) {
        return "azureml://datastores/endpoint_out/paths/" + path;
    }

    private static List<String> names(List<JsonNode> entries) {
        return entries.stream().map(it -> it.path("name").stringValue()).toList();
    }

    private static Object fact(String job, Event event, String name) {
        return sandbox.journal().of(job).stream()
                .filter(it -> it.event() == event)
                .map(it -> it.fact(name))
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow();
    }

    private static void assertEnd(String job, String status) {
        assertThat(client.end(job)).isEqualTo(status);
    }
}
