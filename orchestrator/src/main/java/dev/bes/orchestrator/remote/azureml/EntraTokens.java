package dev.bes.orchestrator.remote.azureml;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.identity.CredentialUnavailableException;
import dev.bes.orchestrator.remote.Redaction;
import dev.bes.orchestrator.remote.RemoteException;
import dev.bes.orchestrator.remote.RemoteException.Refused;
import dev.bes.orchestrator.remote.RemoteException.Throttled;
import dev.bes.orchestrator.remote.Secret;
import dev.bes.orchestrator.remote.http.CallKeys;
import dev.bes.orchestrator.remote.http.KeyIssuer;
import dev.bes.orchestrator.remote.http.RetryAfter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tokens of Microsoft Entra ID for one audience. A token is replaced before it ends, and when it is refused. Source: "authenticate on
 * batch endpoints" article for the audiences.
 */
final class EntraTokens implements CallKeys {
    private static final Logger LOG = LoggerFactory.getLogger(EntraTokens.class);

    /** As the Azure Identity library does: it takes a token of its own cache that ends sooner for ended. */
    private static final Duration MARGIN = Duration.ofMinutes(5);

    private static final int MESSAGE_LIMIT = 500;

    /** Source: "Microsoft Entra authentication and authorization error codes" article, AADSTS90033: a transient error. */
    private static final String TRANSIENT = "AADSTS90033";

    private final String endpoint;
    private final String audience;
    private final Supplier<TokenCredential> credentials;
    private final Redaction redaction;
    private final InstantSource clock;
    private @Nullable Token token;

    /** @param credentials creates credentials that know no token yet */
    EntraTokens(
            String endpoint,
            String audience,
            Supplier<TokenCredential> credentials,
            Redaction redaction,
            InstantSource clock) {
        this.endpoint = endpoint;
        this.audience = audience;
        this.credentials = credentials;
        this.redaction = redaction;
        this.clock = clock;
    }

    private record Token(Secret value, Instant ends) {}

    @Override
    public synchronized Map<KeyIssuer, Secret> inUse() {
        Token held = token;
        if (held == null || !clock.instant().isBefore(held.ends)) {
            held = fetch();
        } else if (!clock.instant().isBefore(held.ends.minus(MARGIN))) {
            held = renew(held);
        }
        token = held;
        return Map.of(KeyIssuer.SERVICE, held.value);
    }

    @Override
    public synchronized boolean switchKey(KeyIssuer keyIssuer, @Nullable Secret refused) {
        if (token != null && token.value.equals(refused)) {
            token = fetch();
        }
        return token != null && !token.value.equals(refused);
    }

    /** A token that cannot be replaced yet is used to its end. */
    private Token renew(Token held) {
        try {
            return fetch();
        } catch (RemoteException e) {
            LOG.debug("The token is not replaced yet: {}", e.getMessage());
            return held;
        }
    }

    private Token fetch() {
        try {
            AccessToken fetched =
                    credentials.get().getTokenSync(new TokenRequestContext().addScopes(audience + "/.default"));
            return new Token(new Secret(fetched.getToken()), fetched.getExpiresAt().toInstant());
        } catch (RuntimeException e) {
            throw failed(e);
        }
    }

    /** The call was not sent, so its outcome is never in doubt. */
    private RemoteException failed(RuntimeException e) {
        String reason = reason(e);
        String message = "Endpoint %s, token for %s: ".formatted(endpoint, audience);
        if (e instanceof CredentialUnavailableException || (reason.contains("AADSTS") && !reason.contains(TRANSIENT))) {
            return new Refused(message + "Microsoft Entra ID gives none (check orchestrator.endpoints." + endpoint
                    + ".azureml.identity): " + reason);
        }
        return new Throttled(message + "not to be had now: " + reason, RetryAfter.DEFAULT);
    }

    /** The causes come with the answer of Microsoft Entra ID, and the exceptions around them say less. */
    private String reason(Throwable e) {
        StringBuilder reasons = new StringBuilder();
        for (Throwable each = e; each != null; each = each.getCause()) {
            String text = String.valueOf(each.getMessage());
            if (reasons.indexOf(text) < 0) {
                reasons.append(reasons.isEmpty() ? "" : "; ").append(text);
            }
        }
        return redaction.sanitize(reasons.toString(), MESSAGE_LIMIT);
    }
}
