package dev.bes.sandbox;

import dev.bes.sandbox.bes.ServiceTime;
import dev.bes.sandbox.catalogue.Catalogue;
import dev.bes.sandbox.gateway.Subscription;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a sandbox is set up.
 *
 * @param ports the ports to listen on
 * @param apiSuffix the managed API's path, without slashes around it
 * @param data where blobs and journal are kept; null for a temporary folder
 * @param journal the journal's file; null for {@code journal.jsonl} in the data folder
 * @param blobConnectionString the blob store; null to start Azurite
 * @param azurite the folder of Azurite's package; null to look in the usual places
 * @param serviceTime how long jobs run
 * @param queuePlaces how many jobs of one endpoint run at a time
 * @param periodScale what the periods of the products' limits are multiplied by
 * @param clock what the limits' windows go by
 */
public record SandboxOptions(
        Ports ports,
        String apiSuffix,
        @Nullable Path data,
        @Nullable Path journal,
        @Nullable String blobConnectionString,
        @Nullable Path azurite,
        ServiceTime serviceTime,
        int queuePlaces,
        double periodScale,
        InstantSource clock,
        Catalogue catalogue,
        List<Subscription> subscriptions) {

    /** The ports; 0 for a free one. */
    public record Ports(int managed, int direct, int blob) {}

    /** Free ports, Azurite, a temporary folder, jobs that take no time, the demo services and subscriptions. */
    public static SandboxOptions defaults() {
        return new SandboxOptions(
                new Ports(0, 0, 0),
                "azureml-demo",
                null,
                null,
                null,
                null,
                ServiceTime.NONE,
                40,
                1,
                InstantSource.system(),
                Catalogue.demo(),
                Subscription.demo());
    }

    /** With these ports. */
    public SandboxOptions withPorts(int managed, int direct, int blob) {
        return new SandboxOptions(
                new Ports(managed, direct, blob),
                apiSuffix,
                data,
                journal,
                blobConnectionString,
                azurite,
                serviceTime,
                queuePlaces,
                periodScale,
                clock,
                catalogue,
                subscriptions);
    }

    /** With this path of the managed API. */
    public SandboxOptions withApiSuffix(String apiSuffix) {
        return new SandboxOptions(
                ports,
                apiSuffix,
                data,
                journal,
                blobConnectionString,
                azurite,
                serviceTime,
                queuePlaces,
                periodScale,
                clock,
                catalogue,
                subscriptions);
    }

    /** With blobs and journal in this folder. */
    public SandboxOptions withData(@Nullable Path data) {
        return new SandboxOptions(
                ports,
                apiSuffix,
                data,
                journal,
                blobConnectionString,
                azurite,
                serviceTime,
                queuePlaces,
                periodScale,
                clock,
                catalogue,
                subscriptions);
    }

    /** With the journal in this file. */
    public SandboxOptions withJournal(@Nullable Path journal) {
        return new SandboxOptions(
                ports,
                apiSuffix,
                data,
                journal,
                blobConnectionString,
                azurite,
                serviceTime,
                queuePlaces,
                periodScale,
                clock,
                catalogue,
                subscriptions);
    }

    /** With this blob store instead of an Azurite of its own. */
    public SandboxOptions withBlobConnectionString(@Nullable String blobConnectionString) {
        return new SandboxOptions(
                ports,
                apiSuffix,
                data,
                journal,
                blobConnectionString,
                azurite,
                serviceTime,
                queuePlaces,
                periodScale,
                clock,
                catalogue,
                subscriptions);
    }

    /** With Azurite's package in this folder. */
    public SandboxOptions withAzurite(@Nullable Path azurite) {
        return new SandboxOptions(
                ports,
                apiSuffix,
                data,
                journal,
                blobConnectionString,
                azurite,
                serviceTime,
                queuePlaces,
                periodScale,
                clock,
                catalogue,
                subscriptions);
    }

    /** With this many jobs of one endpoint at a time. */
    public SandboxOptions withQueuePlaces(int queuePlaces) {
        return new SandboxOptions(
                ports,
                apiSuffix,
                data,
                journal,
                blobConnectionString,
                azurite,
                serviceTime,
                queuePlaces,
                periodScale,
                clock,
                catalogue,
                subscriptions);
    }

    /** With the limits' periods multiplied by this. */
    public SandboxOptions withPeriodScale(double periodScale) {
        return new SandboxOptions(
                ports,
                apiSuffix,
                data,
                journal,
                blobConnectionString,
                azurite,
                serviceTime,
                queuePlaces,
                periodScale,
                clock,
                catalogue,
                subscriptions);
    }

    /** With the limits' windows going by this clock. */
    public SandboxOptions withClock(InstantSource clock) {
        return new SandboxOptions(
                ports,
                apiSuffix,
                data,
                journal,
                blobConnectionString,
                azurite,
                serviceTime,
                queuePlaces,
                periodScale,
                clock,
                catalogue,
                subscriptions);
    }

    /** With these services. */
    public SandboxOptions withCatalogue(Catalogue catalogue) {
        return new SandboxOptions(
                ports,
                apiSuffix,
                data,
                journal,
                blobConnectionString,
                azurite,
                serviceTime,
                queuePlaces,
                periodScale,
                clock,
                catalogue,
                subscriptions);
    }

    /** With these subscriptions. */
    public SandboxOptions withSubscriptions(List<Subscription> subscriptions) {
        return new SandboxOptions(
                ports,
                apiSuffix,
                data,
                journal,
                blobConnectionString,
                azurite,
                serviceTime,
                queuePlaces,
                periodScale,
                clock,
                catalogue,
                subscriptions);
    }

    /** With jobs that run between these two times before they score. */
    public SandboxOptions withServiceTime(Duration least, Duration most) {
        return new SandboxOptions(
                ports,
                apiSuffix,
                data,
                journal,
                blobConnectionString,
                azurite,
                new ServiceTime(least, most),
                queuePlaces,
                periodScale,
                clock,
                catalogue,
                subscriptions);
    }

    /** The ports only: the blob store's connection string is a secret. */
    @Override
    public String toString() {
        return "SandboxOptions[" + ports + "]";
    }
}
