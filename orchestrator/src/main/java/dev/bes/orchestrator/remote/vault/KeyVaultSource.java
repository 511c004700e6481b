package dev.bes.orchestrator.remote.vault;

import com.azure.core.exception.ClientAuthenticationException;
import com.azure.core.exception.HttpResponseException;
import com.azure.core.http.policy.ExponentialBackoffOptions;
import com.azure.core.http.policy.RetryOptions;
import com.azure.security.keyvault.secrets.SecretClient;
import com.azure.security.keyvault.secrets.SecretClientBuilder;
import dev.bes.orchestrator.remote.InvalidSetting;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.env.PropertySource;

/**
 * The properties {@code keyvault.<name of a secret>}. A secret is read when a setting refers to it, and once. Only these are read: the identity of this
 * machine needs no right to list the vault.
 */
final class KeyVaultSource extends PropertySource<String> {
    /** The setting with the address of the vault. */
    static final String SETTING = "orchestrator.key-vault";

    private static final String PREFIX = "keyvault.";

    /** Source: "About Azure Key Vault keys, secrets and certificates", object identifiers. */
    private static final Pattern NAME = Pattern.compile("[0-9A-Za-z-]{1,127}");

    private static final RetryOptions RETRIES =
            new RetryOptions(new ExponentialBackoffOptions().setMaxRetries(2).setBaseDelay(Duration.ofMillis(500)));

    private final Supplier<String> address;
    private final Supplier<SecretClientBuilder> client;
    private final Map<String, String> known = new ConcurrentHashMap<>();
    private @Nullable SecretClient vault;

    /** The vault at the address; both suppliers are asked when the first setting refers to a secret. The client has a credential already. */
    KeyVaultSource(Supplier<String> address, Supplier<SecretClientBuilder> client) {
        super("keyvault", SETTING);
        this.address = address;
        this.client = client;
    }

    /**
     * The value of the secret; null if the property is not one of the vault's.
     *
     * @throws InvalidSetting saying which secret of which vault can't be had, and what to do
     */
    @Override
    public @Nullable Object getProperty(String property) {
        if (!property.startsWith(PREFIX)) {
            return null;
        }
        String name = property.substring(PREFIX.length());
        return NAME.matcher(name).matches() ? known.computeIfAbsent(name, this::read) : null;
    }

    private String read(String name) {
        String reference = "${" + PREFIX + name + "}";
        try {
            String value = vault(reference).getSecret(name).getValue();
            if (value == null || value.isBlank()) {
                throw wrong("has an empty secret '" + name + "': give it a value", reference);
            }
            return value;
        } catch (HttpResponseException e) {
            throw wrong(refusal(name, e), reference);
        } catch (InvalidSetting e) {
            throw e;
        } catch (RuntimeException e) {
            throw wrong(
                    "cannot be asked for the secret '" + name + "': check the address and the network ("
                            + NestedExceptionUtils.getMostSpecificCause(e)
                                    .getClass()
                                    .getSimpleName() + ")",
                    reference);
        }
    }

    private static String refusal(String name, HttpResponseException e) {
        if (e.getResponse() == null && e instanceof ClientAuthenticationException) {
            return "needs a token, and this machine gets none: give it a managed identity, or set AZURE_CLIENT_ID if it has"
                    + " several";
        }
        int status = e.getResponse() == null ? 0 : e.getResponse().getStatusCode();
        return switch (status) {
            case 404 -> "has no secret '" + name + "' (404): add it, or correct the reference";
            case 401, 403 ->
                "refuses the secret '" + name + "' (" + status
                        + "): give the identity of this machine the role Key Vault Secrets User, let its address in, and see that the secret is enabled and not expired";
            default -> "did not give the secret '" + name + "' (" + status + "): try again later";
        };
    }

    private synchronized SecretClient vault(String reference) {
        if (vault == null) {
            String checked = checked(address.get(), reference);
            vault = client.get().vaultUrl(checked).retryOptions(RETRIES).buildClient();
        }
        return vault;
    }

    /** The Azure SDK sends tokens by https only. */
    private static String checked(String address, String reference) {
        if (address.isBlank()) {
            throw new InvalidSetting(
                    SETTING,
                    "is missing, and a setting refers to " + reference
                            + ": set it to the address of the Key Vault, such as https://my-vault.vault.azure.net");
        }
        try {
            URI uri = new URI(address.strip());
            boolean plain = uri.getUserInfo() == null && uri.getQuery() == null && uri.getFragment() == null;
            if ("https".equals(uri.getScheme()) && uri.getHost() != null && plain) {
                return uri.toString();
            }
        } catch (URISyntaxException _) {
            // reported below
        }
        throw new InvalidSetting(
                SETTING,
                "must be the https address of a Key Vault, such as https://my-vault.vault.azure.net, without user, query"
                        + " and fragment");
    }

    private InvalidSetting wrong(String what, String reference) {
        return new InvalidSetting(SETTING, "(" + address.get() + ") " + what + "; a setting refers to " + reference);
    }
}
