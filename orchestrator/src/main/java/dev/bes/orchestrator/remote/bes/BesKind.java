package dev.bes.orchestrator.remote.bes;

import dev.bes.orchestrator.remote.ObservedHealth;
import dev.bes.orchestrator.remote.OneCallService;
import dev.bes.orchestrator.remote.Redaction;
import dev.bes.orchestrator.remote.RemoteJobs;
import dev.bes.orchestrator.remote.blob.BlobReferences;
import dev.bes.orchestrator.remote.budget.CallPriority;
import dev.bes.orchestrator.remote.endpoint.RemoteEndpoint;
import dev.bes.orchestrator.remote.endpoint.RemoteKind;
import dev.bes.orchestrator.remote.http.ManagedApiClient;
import dev.bes.orchestrator.remote.http.ManagedApiClients;
import dev.bes.orchestrator.remote.settings.EndpointSettings;
import java.time.InstantSource;

/** Azure ML Studio (classic): the Batch Execution Service, whose jobs have two steps, and the Request/Response Service. */
final class BesKind implements RemoteKind {

    /** A submit and a start. */
    private static final int CALLS_OF_A_LAUNCH = 2;

    private final ManagedApiClients clients;
    private final BlobReferences references;
    private final Redaction redaction;
    private final InstantSource clock;

    BesKind(ManagedApiClients clients, BlobReferences references, Redaction redaction, InstantSource clock) {
        this.clients = clients;
        this.references = references;
        this.redaction = redaction;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "bes";
    }

    @Override
    public RemoteEndpoint open(String endpoint, EndpointSettings settings) {
        ManagedApiClient managedApiClient =
                clients.open(endpoint, settings, new BesErrorMapping(endpoint, settings, redaction, clock));
        RemoteJobs jobs =
                new BesJobs(managedApiClient, references, settings.blobReference(), new StatusReader(redaction));
        OneCallService oneCall = new BesRequestResponse(managedApiClient);
        return new RemoteEndpoint() {
            @Override
            public RemoteJobs jobs() {
                return jobs;
            }

            @Override
            public OneCallService oneCall() {
                return oneCall;
            }

            @Override
            public int allowedLaunches() {
                return Math.ceilDiv(managedApiClient.estimateAvailable(CallPriority.URGENT), CALLS_OF_A_LAUNCH);
            }

            @Override
            public int allowedPolls() {
                return managedApiClient.estimateAvailable(CallPriority.PATIENT);
            }

            @Override
            public ObservedHealth observedHealth() {
                return managedApiClient.observedHealth();
            }
        };
    }
}
