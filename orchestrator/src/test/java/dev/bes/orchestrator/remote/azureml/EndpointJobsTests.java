package dev.bes.orchestrator.remote.azureml;

import static dev.bes.orchestrator.remote.azureml.AzuremlFixture.LIST;
import static dev.bes.orchestrator.remote.azureml.AzuremlFixture.REQUEST;
import static dev.bes.orchestrator.remote.azureml.AzuremlFixture.WORKSPACE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bes.orchestrator.remote.JobStatus;
import dev.bes.orchestrator.remote.JobStatus.State;
import dev.bes.orchestrator.remote.RemoteException.NotFound;
import dev.bes.orchestrator.remote.RemoteException.Refused;
import dev.bes.orchestrator.remote.RemoteException.Unavailable;
import dev.bes.orchestrator.remote.UnnamedJobs.Found;
import dev.bes.orchestrator.remote.azureml.AzuremlFixture.Asked;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class EndpointJobsTests {
    private static final UUID NONCE = UUID.fromString("11111111-2222-3333-4444-555555555555");
    private static final UUID OTHER = UUID.fromString("99999999-2222-3333-4444-555555555555");

    private final AzuremlFixture fixture = new AzuremlFixture();
    private final EndpointJobs jobs = fixture.invoke();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void invokesTheEndpointWithPlacesInTheDatastore() {
        fixture.answers(201, "{'id': '/subscriptions/x', 'name': 'b1c2', 'properties': {'name': 'orange_card'}}");

        assertThat(jobs.invoke(NONCE, REQUEST)).isEqualTo("b1c2");
        Asked asked = fixture.asked.getFirst();
        assertThat(asked.line()).isEqualTo("POST /jobs");
        assertThat(asked.deployment()).isEqualTo("blue");
        assertThat(asked.authorization()).isEqualTo("Bearer scoring-token-1");
        assertThat(JsonMapper.shared().readTree(asked.body())).isEqualTo(JsonMapper.shared().readTree("""
                        {"properties": {
                          "inputData": {
                            "input1": {"jobInputType": "UriFile", "uri": "azureml://datastores/orchestrator/paths/in/1/a.csv"},
                            "Seed": {"jobInputType": "Literal", "value": "7"}},
                          "outputData": {
                            "output1": {"jobOutputType": "UriFile", "uri": "azureml://datastores/orchestrator/paths/out/1/a.csv"}}}}
                        """));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'name': 'a/../b'}", "{'properties': {'name': 'shown'}}", "[]", "no JSON", ""})
    void doubtsAnAnswerWithoutTheNameOfAJob(String answer) {
        fixture.answers(201, answer);

        assertThatThrownBy(() -> jobs.invoke(NONCE, REQUEST))
                .isInstanceOf(Unavailable.class)
                .hasMessageStartingWith("Endpoint aml, invoke: the answer");
    }

    @ParameterizedTest
    @CsvSource({
        "NotStarted, NOT_STARTED",
        "Starting, NOT_STARTED",
        "Provisioning, NOT_STARTED",
        "Preparing, NOT_STARTED",
        "Queued, NOT_STARTED",
        "Running, RUNNING",
        "Finalizing, RUNNING",
        "CancelRequested, RUNNING",
        "Paused, RUNNING",
        "NotResponding, UNKNOWN",
        "Unknown, UNKNOWN",
        "Hibernating, UNKNOWN",
        "Completed, FINISHED",
        "Failed, FAILED",
        "Canceled, CANCELLED"
    })
    void readsEveryStatus(String word, State state) {
        fixture.answers(200, "{'Name': 'b1', 'Properties': {'Status': '" + word + "'}}");

        assertThat(jobs.status("b1")).isEqualTo(new JobStatus(state, word, null));
        assertThat(fixture.asked.getFirst().line()).isEqualTo("GET /jobs/b1");
    }

    @Test
    void saysWhereTheLogsOfAFailedJobAre() {
        fixture.answers(
                200,
                "{'properties': {'status': 'Failed', 'interactionEndpoints': {'Studio': {'endpoint': 'https://ml.azure.com/runs/b1'}}}}");

        assertThat(jobs.status("b1").details()).isEqualTo("the reason is in the logs of https://ml.azure.com/runs/b1");
    }

    private static String job(String name, String created, String outputs, String parameters) {
        return "{'name': '%s', 'systemData': {'createdAt': '%s'}, 'properties': {'outputData': %s, 'properties': %s}}"
                .formatted(name, created, outputs, parameters);
    }

    private static String output(UUID nonce) {
        return "{'score': {'uri': 'azureml://datastores/d/paths/out/1/1-1/" + nonce + "/output1.csv'}}";
    }

    @Test
    void findsTheJobsOfANonceOnAllPagesOldestFirst() {
        String here = fixture.url() + LIST;
        fixture.answers(
                        200,
                        "{'value': [%s, %s], 'nextLink': '%s?api-version=x&$skip=2'}"
                                .formatted(
                                        job("third", "2026-01-13T01:03:28.15+00:00", output(NONCE), "{}"),
                                        job("foreign", "2026-01-13T01:03:20+00:00", output(OTHER), "{}"),
                                        here))
                .answers(
                        200,
                        "{'value': [%s, %s]}"
                                .formatted(
                                        job("first", "2026-01-13T01:03:26.1519136+00:00", output(NONCE), "{}"),
                                        job(
                                                "second",
                                                "2026-01-13T02:03:27+01:00",
                                                "null",
                                                "{'azureml.parameters': '/" + NONCE + "/output1.csv'}")));

        assertThat(jobs.search(List.of(NONCE)))
                .containsExactly(new Found("first", NONCE), new Found("second", NONCE), new Found("third", NONCE));
        assertThat(fixture.asked)
                .extracting(Asked::line)
                .containsExactly(
                        "GET " + LIST + "?api-version=2020-09-01-dataplanepreview",
                        "GET " + LIST + "?api-version=x&$skip=2");
        assertThat(fixture.asked).extracting(Asked::authorization).containsOnly("Bearer scoring-token-1");
    }

    @Test
    void neverSendsItsTokenToANextPageElsewhere() {
        fixture.answers(200, "{'value': [], 'nextLink': 'https://attacker.example/jobs?x=1'}");

        assertThatThrownBy(() -> jobs.search(List.of(NONCE)))
                .isInstanceOf(Unavailable.class)
                .hasMessage("Endpoint aml, list: the next page is at another address");
        assertThat(fixture.asked).hasSize(1);
    }

    @Test
    void doesNotTakeAnAnswerThatIsNoListForAnEmptyOne() {
        fixture.answers(200, "{'status': 'ok'}");

        assertThatThrownBy(() -> jobs.search(List.of(NONCE))).isInstanceOf(Unavailable.class);
    }

    @Test
    void cancelsByTheResourceManagerWithATokenForIt() {
        fixture.answers(202, "null");

        jobs.cancel("b1");
        assertThat(fixture.asked.getFirst().line())
                .isEqualTo("POST " + WORKSPACE + "/jobs/b1/cancel?api-version=2024-10-01");
        assertThat(fixture.asked.getFirst().authorization()).isEqualTo("Bearer arm-token-1");
    }

    @Test
    void namesTheRoleThatIsMissing() {
        fixture.answers(403, "{'error': {'code': 'Forbidden', 'message': 'may not batchEndpoints/jobs/write'}}");

        assertThatThrownBy(() -> jobs.invoke(NONCE, REQUEST))
                .isInstanceOf(Refused.class)
                .hasMessage("Endpoint aml, invoke: 403 Forbidden: may not batchEndpoints/jobs/write"
                        + " (give the identity the role AzureML Data Scientist on the workspace)");
    }

    @Test
    void tellsAJobThatIsNotThereFromAnAddressThatIsNotThere() {
        fixture.answers(404, "{'error': {'code': 'UserError', 'message': 'no job b1'}}")
                .answers(404, "<html>no such page</html>");

        assertThatThrownBy(() -> jobs.status("b1"))
                .isInstanceOfSatisfying(NotFound.class, e -> assertThat(e.isAddress())
                        .isFalse());
        assertThatThrownBy(() -> jobs.status("b1"))
                .hasMessageContaining("check orchestrator.endpoints.aml.azureml.scoring-uri")
                .isInstanceOfSatisfying(NotFound.class, e -> assertThat(e.isAddress())
                        .isTrue());
    }
}
