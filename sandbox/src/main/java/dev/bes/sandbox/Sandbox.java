package dev.bes.sandbox;

import dev.bes.sandbox.analytics.CallCounts;
import dev.bes.sandbox.analytics.Retention;
import dev.bes.sandbox.analytics.report.Directory;
import dev.bes.sandbox.analytics.report.ReportRoutes;
import dev.bes.sandbox.batchendpoints.BatchEndpoints;
import dev.bes.sandbox.bes.BatchExecution;
import dev.bes.sandbox.blob.Blobs;
import dev.bes.sandbox.blob.ResultLinks;
import dev.bes.sandbox.catalogue.WebService;
import dev.bes.sandbox.gateway.Gateway;
import dev.bes.sandbox.http.Handler;
import dev.bes.sandbox.http.HttpPort;
import dev.bes.sandbox.http.ServerCertificate;
import dev.bes.sandbox.inference.InferenceServer;
import dev.bes.sandbox.journal.Journal;
import dev.bes.sandbox.managedapi.ManagedApi;
import dev.bes.sandbox.management.Administration;
import dev.bes.sandbox.management.Identifiers;
import dev.bes.sandbox.management.ManagementStore;
import dev.bes.sandbox.management.Subscription;
import dev.bes.sandbox.management.Subscriptions;
import dev.bes.sandbox.management.Users;
import dev.bes.sandbox.management.rest.ManagementApi;
import dev.bes.sandbox.management.rest.ManagementRoute;
import dev.bes.sandbox.management.rest.ProductRoutes;
import dev.bes.sandbox.management.rest.SubscriptionRoutes;
import dev.bes.sandbox.management.rest.UserRoutes;
import dev.bes.sandbox.portal.Pages;
import dev.bes.sandbox.portal.Portal;
import dev.bes.sandbox.portal.Route;
import dev.bes.sandbox.portal.dashboard.DashboardPages;
import dev.bes.sandbox.portal.developer.DeveloperPortal;
import dev.bes.sandbox.portal.services.ServicePages;
import dev.bes.sandbox.portal.subscriptions.SubscriptionPages;
import dev.bes.sandbox.rrs.RequestResponse;
import dev.bes.sandbox.settings.Assumptions;
import dev.bes.sandbox.settings.BatchEndpointSettings;
import dev.bes.sandbox.settings.RrsCapacity;
import dev.bes.sandbox.settings.RuntimeSettings;
import dev.bes.sandbox.settings.ServiceTime;
import dev.bes.sandbox.workspace.HelpPages;
import dev.bes.sandbox.workspace.WebServices;
import dev.bes.sandbox.workspace.WorkspaceApi;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Emulates the remote services on one machine: managed API, Batch Execution and Request/Response Service, batch endpoints, model
 * server, blob store.
 */
public final class Sandbox implements AutoCloseable {

    private final SandboxOptions options;
    private final SandboxStorage storage;
    private final Blobs blobs;
    private final Journal journal;
    private final RuntimeSettings settings;
    private final ManagedApi managedApi;
    private final Subscriptions subscriptions;
    private final Administration administration;
    private final Users users;
    private final String managementToken = Identifiers.randomKey();
    private final ResultLinks links;
    private final BatchExecution batch;
    private final BatchEndpoints batchEndpoints;
    private final CallCounts callCounts;
    private final Directory directory;
    private final Gateway gateway;
    private final Handler managedCalls;
    private final @Nullable ServerCertificate certificate;
    private final HttpPort managed;
    private final HttpPort direct;

    private Sandbox(SandboxOptions options, SandboxStorage storage) {
        InstantSource realTime = InstantSource.system();
        this.blobs = new Blobs(storage.blobConnectionString());
        this.options = options;
        this.managedApi = options.managedApi();
        this.storage = storage;
        this.settings = new RuntimeSettings(
                options.serviceTime(), options.assumptions(), options.rrsCapacity(), options.batchEndpoints());
        this.journal = Journal.open(storage.journal(), realTime);
        this.links = new ResultLinks(blobs, settings, realTime);
        this.batch = new BatchExecution(journal, blobs, links, settings, options.maxConcurrentJobs(), options.clock());
        this.batchEndpoints =
                new BatchEndpoints(options.catalogue(), blobs, journal, settings, managementToken, options.clock());
        RequestResponse rows = new RequestResponse(journal, settings, options.clock());
        ServiceRoutes services = new ServiceRoutes(options.catalogue(), batch, rows, settings);
        ManagementStore store = ManagementStore.open(storage.management(), options.subscriptions(), options.clock());
        this.subscriptions = new Subscriptions(store);
        this.administration = new Administration(store, managedApi, options.clock());
        this.users = new Users(store, managedApi, options.clock());
        this.directory = new Directory(managedApi, subscriptions, users);
        this.callCounts = CallCounts.open(storage.counters(), Retention.DEFAULT, options.clock());
        this.gateway = new Gateway(
                managedApi,
                services.below("/" + managedApi.path()),
                subscriptions,
                options.periodScale(),
                options.clock(),
                callCounts::record);
        gateway.keepCounters(storage.counters());
        this.managedCalls = new CallRecorder("managed", gateway, gateway::caller, journal, settings);
        this.certificate = options.tls() ? ServerCertificate.create() : null;
        if (certificate != null) {
            certificate.writeTo(storage.certificate());
        }
        this.managed = HttpPort.open(options.ports().managed(), certificate, managedCalls);
        this.direct = directPort(services);
    }

    /**
     * Starts a sandbox; it listens when this returns.
     *
     * @throws IllegalStateException when Azurite is wanted and not installed
     * @throws java.io.UncheckedIOException when a port is taken or a folder cannot be written
     */
    public static Sandbox start(SandboxOptions options) {
        SandboxStorage storage = SandboxStorage.open(options);
        try {
            return new Sandbox(options, storage);
        } catch (RuntimeException e) {
            storage.close();
            throw e;
        }
    }

    /** The managed API's address, with its suffix: API Management answers here. */
    public URI managedUrl() {
        return URI.create(managed.url() + "/" + managedApi.path());
    }

    /** The address without API Management in front. */
    public URI directUrl() {
        return direct.url();
    }

    /**
     * The token for the management API and for the lists of a workspace, to send as {@code Authorization: Bearer …}; also the secret
     * of the client of the batch endpoints. Each start makes another one.
     */
    public String managementToken() {
        return managementToken;
    }

    /** The address of the developer portal. */
    public URI portalUrl() {
        return URI.create(direct.url() + Portal.PREFIX);
    }

    /** The file of the certificate that clients must trust, as PEM; empty without TLS. */
    public Optional<Path> certificate() {
        return Optional.ofNullable(certificate).map(it -> storage.certificate());
    }

    /** The connection string of the blob store that goes with the services. */
    public String blobConnectionString() {
        return storage.blobConnectionString();
    }

    /**
     * One of the services.
     *
     * @throws NoSuchElementException when there is none of that name
     */
    public WebService service(String name) {
        return options.catalogue().named(name);
    }

    /**
     * One of the subscriptions of the managed API.
     *
     * @throws NoSuchElementException when there is none with that sid
     */
    public Subscription subscription(String sid) {
        return subscriptions
                .withSid(sid)
                .orElseThrow(() -> new NoSuchElementException("The sandbox has no subscription " + sid));
    }

    /** All services. */
    public List<WebService> services() {
        return options.catalogue().services();
    }

    /** All subscriptions of the managed API. */
    public List<Subscription> subscriptions() {
        return subscriptions.all();
    }

    /** The journal of all calls and changes. */
    public Journal journal() {
        return journal;
    }

    /** The counted calls of the managed API. */
    public CallCounts callCounts() {
        return callCounts;
    }

    /** Sets the time that jobs which begin from now on run before they score. */
    public void serviceTime(Duration min, Duration max) {
        settings.serviceTime(new ServiceTime(min, max));
    }

    /** Sets the answers of the service where no source documents the real one. */
    public void assumptions(Assumptions assumptions) {
        settings.assumptions(assumptions);
    }

    /** Sets how many calls the Request/Response Service takes at a time; another value lets containers initialize anew. */
    public void rrsCapacity(RrsCapacity capacity) {
        settings.rrsCapacity(capacity);
    }

    /** What the batch endpoints do; the faults that happened are taken off. */
    public BatchEndpointSettings batchEndpoints() {
        return settings.batchEndpoints();
    }

    /** Sets what the batch endpoints do from now on. */
    public void batchEndpoints(BatchEndpointSettings wanted) {
        settings.batchEndpoints(wanted);
    }

    @Override
    public void close() {
        managed.close();
        direct.close();
        batch.close();
        batchEndpoints.close();
        journal.close();
        storage.close();
    }

    private HttpPort directPort(ServiceRoutes services) {
        InferenceServer models = new InferenceServer(options.catalogue(), journal, settings);
        Handler byPath =
                request -> InferenceServer.owns(request.path()) ? models.handle(request) : services.handle(request);
        Handler calls = new CallRecorder("direct", byPath, request -> Optional.empty(), journal, settings);
        WebServices listed =
                new WebServices(options.catalogue(), options.clock().instant());
        WorkspaceApi workspaces = new WorkspaceApi(listed, services, settings, managementToken);
        ManagementApi management = managementApi();
        Areas areas = new Areas(calls)
                .with(Portal::owns, portal(calls, listed, workspaces))
                .with(management::owns, management)
                .with(batchEndpoints::owns, CallRecorder.ofBatchEndpoints(batchEndpoints, journal))
                .with(workspaces::owns, workspaces)
                .with(path -> path.startsWith(Control.PREFIX), new Control(settings, journal));
        try {
            return HttpPort.open(options.ports().direct(), certificate, areas);
        } catch (RuntimeException e) {
            managed.close();
            throw e;
        }
    }

    /** Each area of the management API adds its routes here. */
    private ManagementApi managementApi() {
        List<ManagementRoute> routes = new ArrayList<>();
        routes.addAll(new SubscriptionRoutes(administration, users).routes());
        routes.addAll(new UserRoutes(users).routes());
        routes.addAll(new ProductRoutes(administration).routes());
        routes.addAll(new ReportRoutes(callCounts, directory).routes());
        return ManagementApi.ofApiManagement(managementToken, routes);
    }

    /** Each area of pages adds its routes here. */
    private Portal portal(Handler services, WebServices listed, WorkspaceApi workspaces) {
        Pages pages = new Pages();
        List<Route> routes = new ArrayList<>(new DeveloperPortal(
                        managedApi,
                        managedUrl(),
                        managedCalls,
                        users,
                        administration,
                        subscriptions,
                        options.catalogue(),
                        batch,
                        blobs)
                .routes(pages));
        routes.addAll(new SubscriptionPages(pages, administration, users).routes());
        routes.addAll(new HelpPages(pages, listed, workspaces, settings).routes());
        routes.addAll(new ServicePages(pages, options.catalogue(), batch, links, services, managedApi.id()).routes());
        routes.addAll(new DashboardPages(pages, callCounts, directory, options.clock()).routes());
        return new Portal(pages, routes);
    }
}
