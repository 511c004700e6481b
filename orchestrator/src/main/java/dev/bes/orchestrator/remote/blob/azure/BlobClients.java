package dev.bes.orchestrator.remote.blob.azure;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.http.policy.HttpLogDetailLevel;
import com.azure.core.http.policy.HttpLogOptions;
import com.azure.identity.DefaultAzureCredentialBuilder;
import com.azure.storage.blob.BlobServiceClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.common.policy.RequestRetryOptions;
import com.azure.storage.common.policy.RetryPolicyType;
import dev.bes.orchestrator.remote.InvalidSetting;
import dev.bes.orchestrator.remote.Secret;
import dev.bes.orchestrator.remote.settings.StorageAccount;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** Makes clients of storage accounts. */
final class BlobClients {

    private BlobClients() {}

    /** What Azure, or the environment, says this machine is. Source: DefaultAzureCredential of the Azure Identity library. */
    private static TokenCredential identity() {
        return new DefaultAzureCredentialBuilder()
                .httpClient(http(BlobTimeouts.DEFAULT))
                .build();
    }

    /** A client of a storage account. */
    static BlobServiceClient store(StorageAccount account, BlobTimeouts blobTimeouts) {
        return store(account, BlobClients::identity, blobTimeouts);
    }

    /** The identity is asked for only if the account has no key. */
    static BlobServiceClient store(
            StorageAccount account, Supplier<TokenCredential> identity, BlobTimeouts blobTimeouts) {
        return builder(account, identity)
                .httpClient(http(blobTimeouts))
                .httpLogOptions(new HttpLogOptions().setLogLevel(HttpLogDetailLevel.NONE))
                .retryOptions(new RequestRetryOptions(
                        RetryPolicyType.EXPONENTIAL,
                        blobTimeouts.tries(),
                        blobTimeouts.perTry(),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(10),
                        null))
                .buildClient();
    }

    /** The SDK's exception may quote the secret, so neither its message nor the exception itself is passed on. */
    private static BlobServiceClientBuilder builder(StorageAccount account, Supplier<TokenCredential> identity) {
        Secret connectionString = account.connectionString();
        if (connectionString == null) {
            return new BlobServiceClientBuilder().endpoint(account.url()).credential(identity.get());
        }
        try {
            return new BlobServiceClientBuilder().connectionString(connectionString.value());
        } catch (RuntimeException _) {
            throw new InvalidSetting(
                    account.setting(),
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
