package dev.bes.orchestrator.remote.vault;

import com.azure.core.http.HttpClient;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.identity.DefaultAzureCredentialBuilder;
import com.azure.security.keyvault.secrets.SecretClientBuilder;
import java.time.Duration;
import java.util.function.Supplier;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;

/** Lets settings refer to secrets of an Azure Key Vault, such as <code>${keyvault.database-password}</code>. */
public final class KeyVaultReferences implements EnvironmentPostProcessor, Ordered {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    /** After the files of settings were read. */
    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE;
    }

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        // whoever only checks definitions needs no secrets
        if (application.getWebApplicationType() != WebApplicationType.NONE) {
            add(environment, KeyVaultReferences::client);
        }
    }

    static void add(ConfigurableEnvironment environment, Supplier<SecretClientBuilder> client) {
        environment
                .getPropertySources()
                .addLast(new KeyVaultSource(() -> environment.getProperty(KeyVaultSource.SETTING, ""), client));
    }

    /** By the identity that Azure, or the environment, says this machine is. Source: DefaultAzureCredential of the Azure Identity library. */
    private static SecretClientBuilder client() {
        HttpClient http = new JdkHttpClientBuilder()
                .connectionTimeout(TIMEOUT)
                .writeTimeout(TIMEOUT)
                .responseTimeout(TIMEOUT)
                .readTimeout(TIMEOUT)
                .build();
        return new SecretClientBuilder()
                .httpClient(http)
                .credential(new DefaultAzureCredentialBuilder().httpClient(http).build());
    }
}
