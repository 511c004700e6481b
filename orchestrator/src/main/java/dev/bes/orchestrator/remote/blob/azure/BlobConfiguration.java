package dev.bes.orchestrator.remote.blob.azure;

import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClient;
import dev.bes.orchestrator.remote.RemoteException;
import dev.bes.orchestrator.remote.Secret;
import dev.bes.orchestrator.remote.blob.BlobReferences;
import dev.bes.orchestrator.remote.blob.Blobs;
import dev.bes.orchestrator.remote.blob.StoreBlobs;
import dev.bes.orchestrator.remote.blob.azure.AzureBlobReader.Source;
import dev.bes.orchestrator.remote.settings.RemoteSettings;
import dev.bes.orchestrator.remote.settings.StorageAccount;
import dev.bes.orchestrator.remote.settings.StoreSettings;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Configures the clients of our container and of the stores that inputs are read from. */
@Configuration(proxyBeanMethods = false)
class BlobConfiguration {

    @Bean
    BlobServiceClient ownStore(RemoteSettings settings) {
        return BlobClients.store(settings.blobs().account(), BlobTimeouts.DEFAULT);
    }

    @Bean
    BlobContainerClient container(BlobServiceClient ownStore, RemoteSettings settings) {
        return ownStore.getBlobContainerClient(settings.blobs().container());
    }

    @Bean
    BlobStoreHealth storeHealth(InstantSource clock) {
        return new BlobStoreHealth(clock);
    }

    @Bean
    Blobs blobs(BlobContainerClient container, RemoteSettings settings, BlobStoreHealth health) {
        return new HealthRecordingBlobs(
                new AzureBlobs(container, settings.blobs().account().setting(), BlobTimeouts.DEFAULT), health);
    }

    @Bean
    AzureBlobReader blobReader(BlobContainerClient container, RemoteSettings settings, BlobStoreHealth health) {
        return new AzureBlobReader(
                new Source(container, settings.blobs().account().setting(), health),
                stores(settings),
                BlobTimeouts.DEFAULT);
    }

    @Bean
    StoreBlobs storeBlobs(RemoteSettings settings) {
        return new AzureStoreBlobs(stores(settings), BlobTimeouts.DEFAULT);
    }

    private static Map<String, Source> stores(RemoteSettings settings) {
        Map<String, Source> stores = new HashMap<>();
        settings.blobs().stores().forEach((name, store) -> stores.put(name, source(name, store)));
        return stores;
    }

    private static Source source(String name, StoreSettings store) {
        StorageAccount account = store.account(name);
        return new Source(
                BlobClients.store(account, BlobTimeouts.DEFAULT).getBlobContainerClient(store.container()),
                account.setting(),
                null);
    }

    @Bean
    BlobReferences blobReferences(
            BlobServiceClient ownStore,
            BlobContainerClient container,
            RemoteSettings settings,
            InstantSource clock,
            BlobStoreHealth health) {
        StorageAccount account = settings.blobs().account();
        Secret connectionString = account.connectionString();
        BlobReferences signed = connectionString == null
                ? AzureBlobReferences.byIdentity(
                        container,
                        new UserDelegationKeys(ownStore, account.setting(), BlobTimeouts.DEFAULT, clock),
                        clock)
                : AzureBlobReferences.byKey(container, connectionString, clock);
        return (form, right, path, validity) -> {
            health.rejectIfRecentlyRefused();
            try {
                return signed.of(form, right, path, validity);
            } catch (RemoteException e) {
                health.failed(e);
                throw e;
            }
        };
    }
}
