package dev.bes.sandbox;

import dev.bes.sandbox.catalogue.Catalogue;
import dev.bes.sandbox.managedapi.ManagedApi;
import dev.bes.sandbox.managedapi.read.Documents;
import dev.bes.sandbox.managedapi.read.ManagedApiReader;
import dev.bes.sandbox.management.Subscription;
import dev.bes.sandbox.settings.Assumptions;
import dev.bes.sandbox.settings.BatchEndpointSettings;
import dev.bes.sandbox.settings.RrsCapacity;
import dev.bes.sandbox.settings.ServiceTime;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The options of a sandbox.
 *
 * @param ports the ports to listen on
 * @param tls whether both ports serve HTTPS, with a certificate made at the start
 * @param data folder of blobs and journal; null for a temporary folder
 * @param journal the journal's file; null for {@code journal.jsonl} in the data folder
 * @param blobConnectionString the blob store; null to start Azurite
 * @param azurite the folder of Azurite's package; null to search for it
 * @param serviceTime time that jobs run before they score
 * @param maxConcurrentJobs number of jobs of one endpoint that run at a time
 * @param periodScale factor on the periods of the products' limits
 * @param clock clock of the limits' windows and of the retention of jobs
 * @param assumptions answers of the service where no source documents them
 * @param rrsCapacity how many calls the Request/Response Service takes at a time
 * @param batchEndpoints what the batch endpoints do
 * @param managedApi the operations, products and policies of the managed API
 * @param subscriptions the subscriptions that the managed API has from the start
 */
public record SandboxOptions(
        Ports ports,
        boolean tls,
        @Nullable Path data,
        @Nullable Path journal,
        @Nullable String blobConnectionString,
        @Nullable Path azurite,
        ServiceTime serviceTime,
        int maxConcurrentJobs,
        double periodScale,
        InstantSource clock,
        Assumptions assumptions,
        RrsCapacity rrsCapacity,
        BatchEndpointSettings batchEndpoints,
        Catalogue catalogue,
        ManagedApi managedApi,
        List<Subscription> subscriptions) {

    /** The ports; 0 for a free one. */
    public record Ports(int managed, int direct, int blob) {}

    /** Free ports, Azurite, a temporary folder, jobs that take no time, the demo services and subscriptions. */
    public static SandboxOptions defaults() {
        return new SandboxOptions(
                new Ports(0, 0, 0),
                false,
                null,
                null,
                null,
                null,
                ServiceTime.NONE,
                40,
                1,
                InstantSource.system(),
                Assumptions.SAFE,
                RrsCapacity.DEFAULT,
                BatchEndpointSettings.DEFAULT,
                Catalogue.demo(),
                ManagedApiReader.bundled(),
                Subscription.demo());
    }

    /** With these ports. */
    public SandboxOptions withPorts(int managed, int direct, int blob) {
        return with(draft -> draft.ports = new Ports(managed, direct, blob));
    }

    /** With HTTPS on both ports. */
    public SandboxOptions withTls(boolean tls) {
        return with(draft -> draft.tls = tls);
    }

    /** With blobs and journal in this folder. */
    public SandboxOptions withData(@Nullable Path data) {
        return with(draft -> draft.data = data);
    }

    /** With the journal in this file. */
    public SandboxOptions withJournal(@Nullable Path journal) {
        return with(draft -> draft.journal = journal);
    }

    /** With this blob store instead of an Azurite of its own. */
    public SandboxOptions withBlobConnectionString(@Nullable String blobConnectionString) {
        return with(draft -> draft.blobConnectionString = blobConnectionString);
    }

    /** With Azurite's package in this folder. */
    public SandboxOptions withAzurite(@Nullable Path azurite) {
        return with(draft -> draft.azurite = azurite);
    }

    /** With this many jobs of one endpoint at a time. */
    public SandboxOptions withMaxConcurrentJobs(int maxConcurrentJobs) {
        return with(draft -> draft.maxConcurrentJobs = maxConcurrentJobs);
    }

    /** With the limits' periods multiplied by this. */
    public SandboxOptions withPeriodScale(double periodScale) {
        return with(draft -> draft.periodScale = periodScale);
    }

    /** With the limits' windows and the retention of jobs going by this clock. */
    public SandboxOptions withClock(InstantSource clock) {
        return with(draft -> draft.clock = clock);
    }

    /** With these answers where no source documents them. */
    public SandboxOptions withAssumptions(Assumptions assumptions) {
        return with(draft -> draft.assumptions = assumptions);
    }

    /** With this capacity of the Request/Response Service. */
    public SandboxOptions withRrsCapacity(RrsCapacity capacity) {
        return with(draft -> draft.rrsCapacity = capacity);
    }

    /** With batch endpoints that do this. */
    public SandboxOptions withBatchEndpoints(BatchEndpointSettings settings) {
        return with(draft -> draft.batchEndpoints = settings);
    }

    /** With these services. */
    public SandboxOptions withCatalogue(Catalogue catalogue) {
        return with(draft -> draft.catalogue = catalogue);
    }

    /** With this managed API instead of the one that comes with the sandbox. */
    public SandboxOptions withManagedApi(ManagedApi managedApi) {
        return with(draft -> draft.managedApi = managedApi);
    }

    /**
     * With the managed API that the documents of this folder define.
     *
     * @throws dev.bes.sandbox.managedapi.InvalidManagedApiException when they have mistakes
     */
    public SandboxOptions withManagedApi(Path folder) {
        return withManagedApi(ManagedApiReader.read(Documents.of(folder)));
    }

    /**
     * With the services of a YAML file, or of all YAML files of a folder.
     *
     * @throws dev.bes.sandbox.catalogue.InvalidServicesException when there are mistakes
     */
    public SandboxOptions withServices(Path fileOrFolder) {
        return withCatalogue(Catalogue.at(fileOrFolder));
    }

    /**
     * With the services of models, too. A module must bring their kind.
     *
     * @param folder of one model with its {@code model.yaml}, or of folders of models
     * @throws dev.bes.sandbox.catalogue.InvalidServicesException when there are mistakes
     */
    public SandboxOptions withModels(Path folder) {
        return withCatalogue(catalogue.withModels(folder));
    }

    /** With these subscriptions. */
    public SandboxOptions withSubscriptions(List<Subscription> subscriptions) {
        return with(draft -> draft.subscriptions = subscriptions);
    }

    /** With jobs that run between these two times before they score. */
    public SandboxOptions withServiceTime(Duration min, Duration max) {
        return with(draft -> draft.serviceTime = new ServiceTime(min, max));
    }

    /** The ports only: the blob store's connection string is a secret. */
    @Override
    public String toString() {
        return "SandboxOptions[" + ports + "]";
    }

    private SandboxOptions with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.options();
    }

    /** A copy that can be changed in one place. */
    private static final class Draft {
        private Ports ports;
        private boolean tls;
        private @Nullable Path data;
        private @Nullable Path journal;
        private @Nullable String blobConnectionString;
        private @Nullable Path azurite;
        private ServiceTime serviceTime;
        private int maxConcurrentJobs;
        private double periodScale;
        private InstantSource clock;
        private Assumptions assumptions;
        private RrsCapacity rrsCapacity;
        private BatchEndpointSettings batchEndpoints;
        private Catalogue catalogue;
        private ManagedApi managedApi;
        private List<Subscription> subscriptions;

        Draft(SandboxOptions from) {
            ports = from.ports;
            tls = from.tls;
            data = from.data;
            journal = from.journal;
            blobConnectionString = from.blobConnectionString;
            azurite = from.azurite;
            serviceTime = from.serviceTime;
            maxConcurrentJobs = from.maxConcurrentJobs;
            periodScale = from.periodScale;
            clock = from.clock;
            assumptions = from.assumptions;
            rrsCapacity = from.rrsCapacity;
            batchEndpoints = from.batchEndpoints;
            catalogue = from.catalogue;
            managedApi = from.managedApi;
            subscriptions = from.subscriptions;
        }

        SandboxOptions options() {
            return new SandboxOptions(
                    ports,
                    tls,
                    data,
                    journal,
                    blobConnectionString,
                    azurite,
                    serviceTime,
                    maxConcurrentJobs,
                    periodScale,
                    clock,
                    assumptions,
                    rrsCapacity,
                    batchEndpoints,
                    catalogue,
                    managedApi,
                    subscriptions);
        }
    }
}
