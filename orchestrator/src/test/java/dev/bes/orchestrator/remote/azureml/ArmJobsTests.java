package dev.bes.orchestrator.remote.azureml;

import static dev.bes.orchestrator.remote.azureml.AzuremlFixture.REQUEST;
import static dev.bes.orchestrator.remote.azureml.AzuremlFixture.WORKSPACE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bes.orchestrator.remote.JobStatus.State;
import dev.bes.orchestrator.remote.RemoteException.NotFound;
import dev.bes.orchestrator.remote.RemoteException.Reason;
import dev.bes.orchestrator.remote.RemoteException.Rejected;
import dev.bes.orchestrator.remote.RemoteException.Throttled;
import dev.bes.orchestrator.remote.RemoteException.Unavailable;
import dev.bes.orchestrator.remote.azureml.AzuremlFixture.Asked;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class ArmJobsTests {
    private static final String NAME = "11111111-2222-3333-4444-555555555555";

    private final AzuremlFixture fixture = new AzuremlFixture();
    private final ArmJobs jobs = fixture.named();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void createsAJobOfTheComponentUnderItsName() {
        fixture.answers(201, "{'name': '" + NAME + "'}");

        jobs.create(NAME, REQUEST);
        Asked asked = fixture.asked.getFirst();
        assertThat(asked.line()).isEqualTo("PUT " + WORKSPACE + "/jobs/" + NAME + "?api-version=2024-10-01");
        assertThat(asked.authorization()).isEqualTo("Bearer arm-token-1");
        assertThat(asked.deployment()).isNull();
        assertThat(JsonMapper.shared().readTree(asked.body())).isEqualTo(JsonMapper.shared().readTree("""
                        {"properties": {
                          "jobType": "Pipeline",
                          "componentId": "/subscriptions/s/components/score/versions/1",
                          "computeId": "%1$s/computes/cluster",
                          "settings": {"default_compute": "%1$s/computes/cluster"},
                          "inputs": {
                            "input1": {"jobInputType": "uri_file", "uri": "azureml://datastores/orchestrator/paths/in/1/a.csv", "mode": "ReadOnlyMount"},
                            "Seed": {"jobInputType": "literal", "value": "7"}},
                          "outputs": {
                            "output1": {"jobOutputType": "uri_file", "uri": "azureml://datastores/orchestrator/paths/out/1/a.csv", "mode": "ReadWriteMount"}}}}
                        """.formatted(WORKSPACE)));
    }

    @Test
    void knowsThatANameIsTaken() {
        fixture.answers(409, "{'error': {'code': 'Conflict', 'message': 'a job of that name already exists'}}");

        assertThatThrownBy(() -> jobs.create(NAME, REQUEST))
                .isInstanceOfSatisfying(Rejected.class, e -> assertThat(e.reason())
                        .isEqualTo(Reason.NAME_TAKEN));
    }

    @Test
    void waitsAsLongAsTheResourceManagerSaysAndLetsAllNodesWait() {
        fixture.answers(429, "{'error': {'code': 'TooManyRequests', 'message': 'slow'}}", "Retry-After", "17");

        assertThatThrownBy(() -> jobs.status(NAME))
                .isInstanceOfSatisfying(Throttled.class, e -> assertThat(e.retryAfter())
                        .isEqualTo(Duration.ofSeconds(17)));
        assertThat(fixture.budget.told).contains("shut PT17S");
        assertThatThrownBy(() -> jobs.status(NAME))
                .isInstanceOf(Throttled.class)
                .hasMessageContaining("not sent, the endpoint asked us to wait until");
        fixture.now = fixture.now.plusSeconds(17);
        fixture.answers(200, "{'properties': {'status': 'Running'}}");
        assertThat(jobs.status(NAME).state()).isEqualTo(State.RUNNING);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'error': {'code': 'ResourceNotFound', 'message': 'The Resource \\u0027Microsoft.MachineLearningServices/workspaces/ws-ml\\u0027 was not found'}}",
                "{'error': {'code': 'ResourceGroupNotFound', 'message': 'no group'}}",
                "{'error': {'code': 'SubscriptionNotFound', 'message': 'no subscription'}}",
                "a proxy without a clue"
            })
    void doesNotTakeAMissingWorkspaceForAMissingJob(String body) {
        fixture.answers(404, body);

        assertThatThrownBy(() -> jobs.status(NAME))
                .hasMessageContaining("check orchestrator.endpoints.aml.azureml.arm-url")
                .isInstanceOfSatisfying(NotFound.class, e -> assertThat(e.isAddress())
                        .isTrue());
    }

    @Test
    void knowsAJobThatIsNotThere() {
        fixture.answers(404, "{'error': {'code': 'UserError', 'message': 'Run was not found'}}");

        assertThatThrownBy(() -> jobs.status(NAME))
                .isInstanceOfSatisfying(NotFound.class, e -> assertThat(e.isAddress())
                        .isFalse());
    }

    @Test
    void rejectsWhatIsWrongWithTheRequestInTheWordsOfTheService() {
        fixture.answers(
                400,
                "{'error': {'code': 'ValidationError', 'message': 'no', 'details': [{'code': 'x', 'message': 'input1 is unknown'}]}}");

        assertThatThrownBy(() -> jobs.create(NAME, REQUEST))
                .isInstanceOf(Rejected.class)
                .hasMessage("Endpoint aml, create: 400 ValidationError: no input1 is unknown");
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 408, 500, 502, 503, 504})
    void doubtsEveryOtherAnswer(int status) {
        fixture.answers(status, "");

        assertThatThrownBy(() -> jobs.create(NAME, REQUEST)).isInstanceOf(Unavailable.class);
    }
}
