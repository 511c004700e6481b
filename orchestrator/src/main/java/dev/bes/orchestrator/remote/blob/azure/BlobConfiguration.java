package dev.bes.orchestrator.remote.blob.azure;

import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.http.policy.HttpLogDetailLevel;
import com.azure.core.http.policy.HttpLogOptions;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.common.policy.RequestRetryOptions;
import com.azure.storage.common.policy.RetryPolicyType;
import dev.bes.orchestrator.remote.InvalidSetting;
import dev.bes.orchestrator.remote.Secret;
import dev.bes.orchestrator.remote.blob.BlobReader;
import dev.bes.orchestrator.remote.blob.BlobReferences;
import dev.bes.orchestrator.remote.blob.Blobs;
import dev.bes.orchestrator.remote.blob.azure.AzureBlobReader.Source;
import dev.bes.orchestrator.remote.settings.BlobSettings;
import dev.bes.orchestrator.remote.settings.RemoteSettings;
import dev.bes.orchestrator.remote.settings.StoreSettings;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Configures the clients of our container and of the stores that inputs are read from. */
@Configuration(proxyBeanMethods = false)
class BlobConfiguration {

    @Bean
    BlobContainerClient container(RemoteSettings settings) {
        return container(settings.blobs(), BlobTimeouts.DEFAULT);
    }

    @Bean
    BlobStoreHealth storeHealth(InstantSource clock) {
        return new BlobStoreHealth(clock);
    }

    @Bean
    Blobs blobs(BlobContainerClient container, BlobStoreHealth health) {
        return new HealthRecordingBlobs(new AzureBlobs(container, BlobTimeouts.DEFAULT), health);
    }

    @Bean
    BlobReader blobReader(BlobContainerClient container, RemoteSettings settings, BlobStoreHealth health) {
        Map<String, Source> stores = new HashMap<>();
        settings.blobs().stores().forEach((name, store) -> stores.put(name, source(name, store)));
        return new AzureBlobReader(
                new Source(container, BlobSettings.CONNECTION_STRING, health), stores, BlobTimeouts.DEFAULT);
    }

    private static Source source(String name, StoreSettings store) {
        String setting = StoreSettings.connectionStringOf(name);
        return new Source(
                container(setting, store.connectionString(), store.container(), BlobTimeouts.DEFAULT), setting, null);
    }

    @Bean
    BlobReferences blobReferences(
            BlobContainerClient container, RemoteSettings settings, InstantSource clock, BlobStoreHealth health) {
        BlobReferences signed =
                new AzureBlobReferences(container, settings.blobs().connectionString(), clock);
        return (form, right, path, validity) -> {
            health.rejectIfRecentlyRefused();
            return signed.of(form, right, path, validity);
        };
    }

    static BlobContainerClient container(BlobSettings settings, BlobTimeouts blobTimeouts) {
        return container(
                BlobSettings.CONNECTION_STRING, settings.connectionString(), settings.container(), blobTimeouts);
    }

    private static BlobContainerClient container(
            String setting, Secret connectionString, String container, BlobTimeouts blobTimeouts) {
        return builder(setting, connectionString)
                .httpClient(http(blobTimeouts))
                .httpLogOptions(new HttpLogOptions().setLogLevel(HttpLogDetailLevel.NONE))
                .retryOptions(new RequestRetryOptions(
                        RetryPolicyType.EXPONENTIAL,
                        blobTimeouts.tries(),
                        blobTimeouts.perTry(),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(10),
                        null))
                .buildClient()
                .getBlobContainerClient(container);
    }

    /** The SDK's exception may quote the secret, so neither its message nor the exception itself is passed on. */
    private static BlobServiceClientBuilder builder(String setting, Secret connectionString) {
        try {
            return new BlobServiceClientBuilder().connectionString(connectionString.value());
        } catch (RuntimeException _) {
            throw new InvalidSetting(
                    setting,
                    "cannot be read by the Azure SDK: copy the whole connection string from the storage account, in one line");
        }
    }

    /** The retry policy does not interrupt a synchronous attempt, so the client needs time-outs of its own. */
    private static com.azure.core.http.HttpClient http(BlobTimeouts blobTimeouts) {
        HttpClient.Builder jdk =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).followRedirects(HttpClient.Redirect.NEVER);
        return new JdkHttpClientBuilder(jdk)
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .connectionTimeout(Duration.ofSeconds(10))
                .writeTimeout(blobTimeouts.perTry())
                .responseTimeout(blobTimeouts.perTry())
                .readTimeout(blobTimeouts.perTry())
                .build();
    }
}
