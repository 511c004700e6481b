package dev.bes.orchestrator.remote.azureml;

import dev.bes.orchestrator.remote.InvalidSetting;
import dev.bes.orchestrator.remote.ObservedHealth;
import dev.bes.orchestrator.remote.Redaction;
import dev.bes.orchestrator.remote.RemoteJobs;
import dev.bes.orchestrator.remote.budget.CallPriority;
import dev.bes.orchestrator.remote.endpoint.RemoteEndpoint;
import dev.bes.orchestrator.remote.endpoint.RemoteKind;
import dev.bes.orchestrator.remote.http.CallKeys;
import dev.bes.orchestrator.remote.http.CallMessages;
import dev.bes.orchestrator.remote.http.ManagedApiClient;
import dev.bes.orchestrator.remote.http.ManagedApiClient.Address;
import dev.bes.orchestrator.remote.http.ManagedApiClients;
import dev.bes.orchestrator.remote.settings.AzuremlSettings;
import dev.bes.orchestrator.remote.settings.AzuremlSettings.Mode;
import dev.bes.orchestrator.remote.settings.EndpointSettings;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** Azure Machine Learning (v2), by the two ways in which a job gets its id: from us, or from a batch endpoint. */
final class AzuremlKind implements RemoteKind {

    private static final String SCORING_AUDIENCE = "https://ml.azure.com";
    private static final String ARM_AUDIENCE = "https://management.azure.com";
    private static final String DEPLOYMENT_HEADER = "azureml-model-deployment";

    private final ManagedApiClients clients;
    private final Redaction redaction;
    private final InstantSource clock;

    AzuremlKind(ManagedApiClients clients, Redaction redaction, InstantSource clock) {
        this.clients = clients;
        this.redaction = redaction;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "azureml";
    }

    @Override
    public RemoteEndpoint open(String endpoint, EndpointSettings settings) {
        AzuremlSettings its = settings.azureml();
        if (its == null) {
            throw new InvalidSetting(
                    EndpointSettings.property(endpoint, "azureml.mode"),
                    "is missing: write invoke to call a batch endpoint, or named to run a pipeline component under names of ours");
        }
        return new Opening(endpoint, settings, its).open();
    }

    /** One endpoint while it is opened. */
    private final class Opening {
        private final String endpoint;
        private final EndpointSettings settings;
        private final AzuremlSettings its;
        private final JobReader reader = new JobReader(redaction);

        Opening(String endpoint, EndpointSettings settings, AzuremlSettings its) {
            this.endpoint = endpoint;
            this.settings = settings;
            this.its = its;
        }

        RemoteEndpoint open() {
            JobBody body = new JobBody(its);
            ManagedApiClient arm = client(
                    "arm-url", its.armUrl() + its.workspacePath() + "/jobs", tokens(ARM_AUDIENCE), Map.of());
            ArmJobs named = new ArmJobs(arm, body, reader);
            if (its.mode() == Mode.NAMED) {
                return new Opened(named, List.of(arm));
            }
            CallKeys tokens = tokens(SCORING_AUDIENCE);
            Map<String, String> deployment =
                    its.deployment() == null ? Map.of() : Map.of(DEPLOYMENT_HEADER, its.deployment());
            ManagedApiClient scoring = client("scoring-uri", its.scoringUri(), tokens, deployment);
            String listUrl = its.dataPlaneUrl() + "/mferp/managementfrontend" + its.workspacePath() + "/batchEndpoints/"
                    + its.endpoint() + "/jobs";
            ManagedApiClient list = client("data-plane-url", listUrl, tokens, Map.of());
            return new Opened(
                    new EndpointJobs(scoring, new JobList(list, listUrl, reader), named, body, reader),
                    List.of(scoring, list, arm));
        }

        private CallKeys tokens(String audience) {
            return new EntraTokens(
                    endpoint, audience, () -> EntraCredentials.of(its.identity()), redaction, clock);
        }

        private ManagedApiClient client(String setting, String url, CallKeys keys, Map<String, String> headers) {
            Address address = new Address(url, "azureml." + setting, keys, headers);
            CallMessages messages = new CallMessages(endpoint, address.setting(), redaction);
            return clients.open(
                    endpoint,
                    endpoint + "/" + setting,
                    address,
                    settings,
                    new AzuremlErrorMapping(messages, its.workspace(), redaction, clock));
        }
    }

    /**
     * An endpoint of this kind.
     *
     * @param clients of its addresses; the first one creates jobs and tells their status
     */
    private record Opened(RemoteJobs jobs, List<ManagedApiClient> clients) implements RemoteEndpoint {
        @Override
        public int allowedLaunches() {
            return clients.getFirst().estimateAvailable(CallPriority.URGENT);
        }

        @Override
        public int allowedPolls() {
            return clients.getFirst().estimateAvailable(CallPriority.PATIENT);
        }

        @Override
        public ObservedHealth observedHealth() {
            return clients.stream()
                    .map(ManagedApiClient::observedHealth)
                    .filter(ObservedHealth::isUnhealthy)
                    .findFirst()
                    .orElseGet(() -> clients.getFirst().observedHealth());
        }
    }
}
