package dev.bes.sandbox.batchendpoints;

import dev.bes.sandbox.batchendpoints.job.Datastores;
import dev.bes.sandbox.batchendpoints.job.EndpointJobs;
import dev.bes.sandbox.batchendpoints.token.AccessTokens;
import dev.bes.sandbox.batchendpoints.token.Audience;
import dev.bes.sandbox.batchendpoints.token.TokenAuthority;
import dev.bes.sandbox.batchendpoints.token.TokenCheck;
import dev.bes.sandbox.blob.Blobs;
import dev.bes.sandbox.catalogue.Catalogue;
import dev.bes.sandbox.http.Handler;
import dev.bes.sandbox.http.Reply;
import dev.bes.sandbox.http.Request;
import dev.bes.sandbox.journal.Journal;
import dev.bes.sandbox.management.ManagementError;
import dev.bes.sandbox.management.rest.ArmJson;
import dev.bes.sandbox.management.rest.ManagementApi;
import dev.bes.sandbox.management.rest.ManagementRoute;
import dev.bes.sandbox.settings.RuntimeSettings;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The batch endpoints of one workspace, with the three services that their clients call: the token authority, Azure Resource Manager
 * and the data plane. All of them are on one port, at the paths of the real ones; only the address to invoke has the endpoint's name
 * in its path instead of its host. Any names of subscription, resource group and workspace lead to the one workspace.
 */
public final class BatchEndpoints implements Handler, AutoCloseable {

    private static final String DISCOVERY = "/discovery";
    private static final String PROVIDER = "/providers/Microsoft\\.MachineLearningServices";
    private static final String SUBSCRIPTION = "/subscriptions/" + ManagementApi.NAME;
    private static final String WORKSPACE =
            SUBSCRIPTION + "/resourceGroups/" + ManagementApi.NAME + PROVIDER + "/workspaces/" + ManagementApi.NAME;

    private final EndpointJobs jobs;
    private final TokenAuthority authority;
    private final List<ManagementApi> dataPlane;
    private final ManagementApi arm;
    private final Handler throttledArm;

    /**
     * Creates a workspace without jobs.
     *
     * @param secret the secret of the only client
     * @param clock clock of tokens, of limits and of the creation of jobs
     */
    public BatchEndpoints(
            Catalogue catalogue,
            Blobs blobs,
            Journal journal,
            RuntimeSettings settings,
            String secret,
            InstantSource clock) {
        AccessTokens tokens = new AccessTokens(settings, clock);
        Datastores datastores = new Datastores(blobs);
        Endpoints endpoints = new Endpoints(catalogue);
        InvokeReader reader = new InvokeReader(endpoints, new DataUris(datastores));
        JobStart start = new JobStart(settings);
        this.jobs = new EndpointJobs(blobs, datastores, journal, settings, clock);
        this.authority = new TokenAuthority(tokens, settings, secret);
        List<ManagementRoute> calls = new DataPlane(endpoints, jobs, reader, start).routes();
        TokenCheck scoring = new TokenCheck(tokens, Audience.MACHINE_LEARNING, clock);
        this.dataPlane = List.of(
                new ManagementApi(address("()(/batchEndpoints/.+)"), scoring, false, calls),
                new ManagementApi(address("/mferp/managementfrontend(" + WORKSPACE + ")(/.*)?"), scoring, true, calls));
        List<ManagementRoute> management = new ArrayList<>(new ArmResources(endpoints, datastores).routes());
        management.addAll(new ArmJobs(jobs, reader, start, settings).routes());
        this.arm = new ManagementApi(
                address("(" + WORKSPACE + "|" + SUBSCRIPTION + PROVIDER + "/locations/" + ManagementApi.NAME
                        + ")(/.*)?"),
                new TokenCheck(tokens, Audience.RESOURCE_MANAGER, clock),
                true,
                management);
        this.throttledArm = new ArmThrottle(arm, settings, clock);
    }

    /** Whether a path is one of these addresses. */
    public boolean owns(String path) {
        return TokenAuthority.owns(path)
                || path.equals(DISCOVERY)
                || arm.owns(path)
                || dataPlane.stream().anyMatch(api -> api.owns(path));
    }

    @Override
    public Reply handle(Request request) {
        String path = request.path();
        if (TokenAuthority.owns(path)) {
            return authority.handle(request);
        }
        if (path.equals(DISCOVERY)) {
            // the base addresses of the data plane; source: what the SDK asks the discoveryUrl of a workspace for
            return ArmJson.reply(200, Map.of("api", request.origin()));
        }
        if (arm.owns(path)) {
            return throttledArm.handle(request);
        }
        return dataPlane.stream()
                .filter(api -> api.owns(path))
                .findFirst()
                .map(api -> api.handle(request))
                .orElseGet(() -> ArmJson.error(ManagementError.notFound("Not an address of batch endpoints.")));
    }

    @Override
    public void close() {
        jobs.close();
    }

    private static Pattern address(String pattern) {
        return Pattern.compile(pattern, Pattern.CASE_INSENSITIVE);
    }
}
