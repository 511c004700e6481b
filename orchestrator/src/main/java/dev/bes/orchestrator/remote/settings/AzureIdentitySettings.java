package dev.bes.orchestrator.remote.settings;

import dev.bes.orchestrator.remote.InvalidSetting;
import dev.bes.orchestrator.remote.Secret;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * As whom an endpoint is called that takes tokens of Microsoft Entra ID: {@code orchestrator.endpoints.<name>.azureml.identity.*}.
 *
 * @param credential what proves the identity
 * @param tenant id or name of the tenant; null for the one that the machine knows
 * @param clientId id of the application or of the managed identity; null for the one that the machine knows
 * @param clientSecret secret of the application; null for other credentials
 * @param certificate file with the certificate and its private key, as PEM or PKCS #12; null for other credentials
 * @param certificatePassword password of the PKCS #12 file; null without one
 * @param authorityUrl address of Microsoft Entra ID
 */
public record AzureIdentitySettings(
        @DefaultValue("default") Credential credential,
        @Nullable String tenant,
        @Nullable String clientId,
        @Nullable Secret clientSecret,
        @Nullable Path certificate,
        @Nullable Secret certificatePassword,
        @DefaultValue("https://login.microsoftonline.com") String authorityUrl) {

    /** What proves the identity. Source: credential classes of the Azure Identity library for Java. */
    public enum Credential {
        /** What the environment or the machine has, tried in the order of the library. */
        DEFAULT,
        /** The secret of an application. */
        CLIENT_SECRET,
        /** The certificate of an application. */
        CERTIFICATE,
        /** The managed identity of the machine. */
        MANAGED_IDENTITY,
        /** The token that Kubernetes gives to a pod. */
        WORKLOAD_IDENTITY
    }

    /** Removes trailing slashes of the address. */
    public AzureIdentitySettings {
        authorityUrl = WebAddress.trimmed(authorityUrl);
    }

    /** The secrets that are set. */
    List<Secret> secrets() {
        return Stream.of(clientSecret, certificatePassword)
                .filter(Objects::nonNull)
                .toList();
    }

    void check(String prefix) {
        WebAddress.checkProtected(prefix + "authority-url", authorityUrl);
        if (credential == Credential.CLIENT_SECRET || credential == Credential.CERTIFICATE) {
            require(prefix + "tenant", tenant, "the id of the tenant");
            require(prefix + "client-id", clientId, "the id of the application");
        }
        if (credential == Credential.CLIENT_SECRET) {
            require(prefix + "client-secret", clientSecret == null ? null : clientSecret.value(), "its secret");
        }
        if (credential == Credential.CERTIFICATE && certificate == null) {
            throw new InvalidSetting(
                    prefix + "certificate", "is missing: set it to the file with the certificate and its private key");
        }
    }

    private static void require(String property, @Nullable String value, String what) {
        if (value == null || value.isBlank()) {
            throw new InvalidSetting(property, "is missing: set it to " + what);
        }
    }
}
