package dev.bes.orchestrator.remote.azureml;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.http.policy.FixedDelayOptions;
import com.azure.core.http.policy.HttpPipelineSyncPolicy;
import com.azure.core.http.policy.RetryOptions;
import com.azure.core.util.UrlBuilder;
import com.azure.identity.AadCredentialBuilderBase;
import com.azure.identity.ClientCertificateCredentialBuilder;
import com.azure.identity.ClientSecretCredentialBuilder;
import com.azure.identity.CredentialBuilderBase;
import com.azure.identity.DefaultAzureCredentialBuilder;
import com.azure.identity.ManagedIdentityCredentialBuilder;
import com.azure.identity.WorkloadIdentityCredentialBuilder;
import dev.bes.orchestrator.remote.Secret;
import dev.bes.orchestrator.remote.settings.AzureIdentitySettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/** Creates the credentials of the Azure Identity library, by the JDK's HTTP client. */
final class EntraCredentials {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final RetryOptions RETRIES = new RetryOptions(new FixedDelayOptions(1, Duration.ofMillis(500)));
    private static final HttpClient HTTP = new JdkHttpClientBuilder()
            .connectionTimeout(TIMEOUT)
            .writeTimeout(TIMEOUT)
            .responseTimeout(TIMEOUT)
            .readTimeout(TIMEOUT)
            .build();

    private EntraCredentials() {}

    /** A new credential, which knows no token yet. Makes no call. */
    static TokenCredential of(AzureIdentitySettings settings) {
        return switch (settings.credential()) {
            case DEFAULT -> ofTheEnvironment(settings);
            case CLIENT_SECRET -> {
                Secret secret = Objects.requireNonNull(settings.clientSecret());
                yield application(new ClientSecretCredentialBuilder(), settings)
                        .clientSecret(secret.value())
                        .build();
            }
            case CERTIFICATE -> ofCertificate(settings);
            case MANAGED_IDENTITY -> {
                ManagedIdentityCredentialBuilder builder = plain(new ManagedIdentityCredentialBuilder(), settings);
                yield settings.clientId() == null
                        ? builder.build()
                        : builder.clientId(settings.clientId()).build();
            }
            case WORKLOAD_IDENTITY ->
                application(new WorkloadIdentityCredentialBuilder(), settings).build();
        };
    }

    private static TokenCredential ofTheEnvironment(AzureIdentitySettings settings) {
        DefaultAzureCredentialBuilder builder = plain(new DefaultAzureCredentialBuilder(), settings)
                .authorityHost(authority(settings))
                .tenantId(settings.tenant());
        if (isOnThisMachine(settings)) {
            builder.disableInstanceDiscovery();
        }
        return settings.clientId() == null
                ? builder.build()
                : builder.managedIdentityClientId(settings.clientId())
                        .workloadIdentityClientId(settings.clientId())
                        .build();
    }

    private static TokenCredential ofCertificate(AzureIdentitySettings settings) {
        ClientCertificateCredentialBuilder builder = application(new ClientCertificateCredentialBuilder(), settings);
        Path file = Objects.requireNonNull(settings.certificate());
        Secret password = settings.certificatePassword();
        if (file.toString().endsWith(".pem")) {
            return builder.pemCertificate(file.toString()).build();
        }
        return password == null
                ? builder.pfxCertificate(file.toString()).build()
                : builder.pfxCertificate(file.toString())
                        .clientCertificatePassword(password.value())
                        .build();
    }

    private static <B extends AadCredentialBuilderBase<B>> B application(B builder, AzureIdentitySettings settings) {
        B plain = plain(builder, settings).authorityHost(authority(settings));
        if (isOnThisMachine(settings)) {
            plain.disableInstanceDiscovery();
        }
        if (settings.tenant() != null) {
            plain.tenantId(settings.tenant());
        }
        return settings.clientId() == null ? plain : plain.clientId(settings.clientId());
    }

    private static <B extends CredentialBuilderBase<B>> B plain(B builder, AzureIdentitySettings settings) {
        B plain = builder.httpClient(HTTP).retryOptions(RETRIES);
        return isOnThisMachine(settings) ? plain.addPolicy(new WithoutTls()) : plain;
    }

    private static boolean isOnThisMachine(AzureIdentitySettings settings) {
        return settings.authorityUrl().startsWith("http:");
    }

    /** The library accepts authorities by https only. */
    private static String authority(AzureIdentitySettings settings) {
        return settings.authorityUrl().replaceFirst("^http:", "https:");
    }

    /** Sends calls to an authority on this machine by http. The settings allow no other one without TLS. */
    private static final class WithoutTls extends HttpPipelineSyncPolicy {
        @Override
        protected void beforeSendingRequest(HttpPipelineCallContext context) {
            UrlBuilder url = UrlBuilder.parse(context.getHttpRequest().getUrl());
            if ("127.0.0.1".equals(url.getHost())) {
                context.getHttpRequest().setUrl(url.setScheme("http").toString());
            }
        }
    }
}
