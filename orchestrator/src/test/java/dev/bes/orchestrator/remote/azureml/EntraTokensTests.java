package dev.bes.orchestrator.remote.azureml;

import static dev.bes.orchestrator.remote.azureml.AzuremlFixture.REQUEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bes.orchestrator.remote.RemoteException.Refused;
import dev.bes.orchestrator.remote.RemoteException.Throttled;
import dev.bes.orchestrator.remote.UnnamedJobs;
import dev.bes.orchestrator.remote.azureml.AzuremlFixture.Asked;
import dev.bes.orchestrator.remote.endpoint.RemoteEndpoint;
import dev.bes.orchestrator.remote.settings.AzuremlSettings.Mode;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tokens by the Azure Identity library, from an authority on loopback. */
class EntraTokensTests {
    private static final String RUNNING = "{'properties': {'status': 'Running'}}";

    private final AzuremlFixture fixture = new AzuremlFixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void haveOneAudienceEachAndAreFetchedOnce() {
        EndpointJobs jobs = fixture.invoke();
        fixture.answers(200, RUNNING).answers(202, "").answers(200, RUNNING).answers(202, "");
        jobs.status("a");
        jobs.cancel("a");
        jobs.status("a");
        jobs.cancel("a");

        assertThat(fixture.tokens).hasSize(2);
        assertThat(fixture.tokens.getFirst())
                .startsWith("/tenant-1/oauth2/v2.0/token ")
                .contains("client_id=client-1", "https://ml.azure.com/.default");
        assertThat(fixture.tokens.getLast()).contains("https://management.azure.com/.default");
        assertThat(fixture.asked)
                .extracting(Asked::authorization)
                .containsExactly(
                        "Bearer scoring-token-1", "Bearer arm-token-2", "Bearer scoring-token-1", "Bearer arm-token-2");
    }

    @Test
    void areReplacedBeforeTheyEnd() {
        ArmJobs jobs = fixture.named();
        fixture.answers(200, RUNNING).answers(200, RUNNING).answers(200, RUNNING);
        jobs.status("a");
        fixture.now = fixture.now.plus(Duration.ofMinutes(54));
        jobs.status("a");
        fixture.now = fixture.now.plus(Duration.ofMinutes(3));
        jobs.status("a");

        assertThat(fixture.asked)
                .extracting(Asked::authorization)
                .containsExactly("Bearer arm-token-1", "Bearer arm-token-1", "Bearer arm-token-2");
    }

    @Test
    void areUsedToTheirEndIfTheyCannotBeReplaced() {
        ArmJobs jobs = fixture.named();
        fixture.answers(200, RUNNING).answers(200, RUNNING);
        jobs.status("a");
        fixture.tokenStatus = 400;
        fixture.tokenError = "{\"error\": \"invalid_client\", \"error_description\": \"AADSTS7000222: expired\"}";
        fixture.now = fixture.now.plus(Duration.ofMinutes(57));

        jobs.status("a");
        assertThat(fixture.asked.getLast().authorization()).isEqualTo("Bearer arm-token-1");
        fixture.now = fixture.now.plus(Duration.ofMinutes(5));
        assertThatThrownBy(() -> jobs.status("a")).isInstanceOf(Refused.class);
    }

    @Test
    void areReplacedOnceWhenTheyAreRefused() {
        ArmJobs jobs = fixture.named();
        String refusal = "{'error': {'code': 'ExpiredAuthenticationToken', 'message': 'it has expired'}}";
        fixture.answers(401, refusal).answers(200, RUNNING).answers(401, refusal).answers(401, refusal);

        assertThat(jobs.status("a").remoteState()).isEqualTo("Running");
        assertThat(fixture.asked)
                .extracting(Asked::authorization)
                .containsExactly("Bearer arm-token-1", "Bearer arm-token-2");
        assertThatThrownBy(() -> jobs.status("a"))
                .isInstanceOf(Refused.class)
                .hasMessage("Endpoint aml, status: 401 ExpiredAuthenticationToken: it has expired"
                        + " (the token is refused: check orchestrator.endpoints.aml.azureml.identity)");
        assertThat(fixture.asked).hasSize(4);
    }

    @Test
    void sayThatTheSecretIsRefusedAndKeepIt() {
        fixture.tokenStatus = 401;
        fixture.tokenError =
                "{\"error\": \"invalid_client\", \"error_description\": \"AADSTS7000215: Invalid client secret provided: "
                        + AzuremlFixture.SECRET + "\"}";
        RemoteEndpoint endpoint = fixture.open(Mode.INVOKE);

        assertThatThrownBy(() -> ((UnnamedJobs) endpoint.jobs()).invoke(UUID.randomUUID(), REQUEST))
                .isInstanceOf(Refused.class)
                .hasMessageStartingWith(
                        "Endpoint aml, token for https://ml.azure.com: Microsoft Entra ID gives none (check orchestrator.endpoints.aml.azureml.identity)")
                .hasMessageContaining("AADSTS7000215")
                .hasMessageNotContaining(AzuremlFixture.SECRET);
        assertThat(fixture.asked).isEmpty();
        assertThat(endpoint.observedHealth().isUnhealthy()).isTrue();
    }

    /** The call was not sent, so that no job is searched for. */
    @Test
    void leaveACallUnsentWhileTheirAuthorityIsAway() {
        RemoteEndpoint endpoint = fixture.open(Mode.INVOKE, "http://127.0.0.1:1");

        assertThatThrownBy(() -> ((UnnamedJobs) endpoint.jobs()).invoke(UUID.randomUUID(), REQUEST))
                .isInstanceOf(Throttled.class)
                .hasMessageStartingWith("Endpoint aml, token for https://ml.azure.com: not to be had now: ");
        assertThat(fixture.asked).isEmpty();
    }
}
