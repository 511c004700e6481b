package dev.bes.orchestrator.remote.inference;

import dev.bes.orchestrator.remote.InvalidSetting;
import dev.bes.orchestrator.remote.ObservedHealth;
import dev.bes.orchestrator.remote.Redaction;
import dev.bes.orchestrator.remote.RemoteJobs;
import dev.bes.orchestrator.remote.RowService;
import dev.bes.orchestrator.remote.budget.CallPriority;
import dev.bes.orchestrator.remote.endpoint.RemoteEndpoint;
import dev.bes.orchestrator.remote.endpoint.RemoteKind;
import dev.bes.orchestrator.remote.http.ManagedApiClient;
import dev.bes.orchestrator.remote.http.ManagedApiClients;
import dev.bes.orchestrator.remote.settings.EndpointSettings;
import dev.bes.orchestrator.remote.settings.InferenceSettings;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Model servers that speak the Open Inference Protocol v2, such as KServe, MLServer, Triton and OpenVINO. They have no jobs. */
final class InferenceKind implements RemoteKind {
    private final ManagedApiClients clients;
    private final Redaction redaction;
    private final InstantSource clock;

    InferenceKind(ManagedApiClients clients, Redaction redaction, InstantSource clock) {
        this.clients = clients;
        this.redaction = redaction;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "inference";
    }

    @Override
    public RemoteEndpoint open(String endpoint, EndpointSettings settings) {
        InferenceSettings model = settings.inference();
        if (model == null) {
            throw new InvalidSetting(
                    EndpointSettings.property(endpoint, "inference.model"),
                    "is missing: set it to the name of the model on the server");
        }
        ManagedApiClient client =
                clients.open(endpoint, settings, new InferenceErrorMapping(endpoint, redaction, clock));
        RowService rows = rows(new InferenceClient(client, model, clock), model);
        return new RemoteEndpoint() {
            @Override
            public @Nullable RemoteJobs jobs() {
                return null;
            }

            @Override
            public RowService rows() {
                return rows;
            }

            @Override
            public int allowedLaunches() {
                return client.estimateAvailable(CallPriority.URGENT);
            }

            @Override
            public int allowedPolls() {
                return client.estimateAvailable(CallPriority.URGENT);
            }

            @Override
            public ObservedHealth observedHealth() {
                return client.observedHealth();
            }
        };
    }

    private static RowService rows(InferenceClient client, InferenceSettings settings) {
        RowService.Limits limits = new RowService.Limits(
                settings.batchRows(), (int) settings.batchBytes().toBytes(), settings.parallelBatches());
        return new RowService() {
            @Override
            public Limits limits() {
                return limits;
            }

            @Override
            public RowScorer prepare(Columns columns) {
                return new ModelRows(client, ColumnMapping.of(columns, client.metadata()), columns.parameters());
            }
        };
    }
}
