package dev.bes.orchestrator.remote.bes;

import static dev.bes.orchestrator.remote.settings.EndpointSettings.property;

import dev.bes.orchestrator.remote.RemoteException.By;
import dev.bes.orchestrator.remote.http.KeyChallenge;
import dev.bes.orchestrator.remote.http.KeyIssuer;
import dev.bes.orchestrator.remote.settings.EndpointSettings;
import java.net.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/** What to look at when a caller is refused: whose key it is, where it is looked for, or what is on the way. */
final class RefusalHints {
    private final String endpoint;
    private final String keyHeader;
    private final boolean hasKey;

    RefusalHints(String endpoint, EndpointSettings settings) {
        this.endpoint = endpoint;
        this.keyHeader = settings.subscriptionKeyHeader();
        this.hasKey = settings.subscriptionKey() != null || settings.secondarySubscriptionKey() != null;
    }

    static String onTheWay(By by) {
        return by == By.HOP ? " (by a proxy or firewall on the way)" : "";
    }

    /** In parentheses, after what was said. */
    String of(By by, ErrorBody error, HttpHeaders headers) {
        return switch (by) {
            case GATEWAY -> " (" + gatewayHint(error, headers) + ")";
            case SERVICE -> " (the service's key: " + check("service-key") + ")";
            case HOP, STORE -> onTheWay(by);
            case UNKNOWN ->
                KeyChallenge.isForBearer(headers)
                        ? " (it wants another bearer token: " + check("service-key") + ")"
                        : " (" + check("subscription-key") + " and " + property(endpoint, "service-key") + ")";
        };
    }

    /** Where the gateway looks for the key matters more than the key: under another name none is seen at all. */
    private String gatewayHint(ErrorBody error, HttpHeaders headers) {
        @Nullable KeyChallenge keyChallenge = KeyChallenge.of(headers);
        if (keyChallenge == null && !error.mentions("subscription key")) {
            return KeyChallenge.isForBearer(headers) || error.mentions("jwt")
                    ? "the gateway checks the Authorization header itself, where the service's key goes: see the"
                            + " policies of the API, and " + check("service-key")
                    : "the gateway does not let this caller pass; " + check("subscription-key");
        }
        if (keyChallenge != null && keyChallenge.isElsewhere(keyHeader)) {
            return elsewhere(keyChallenge);
        }
        return hasKey
                ? "the gateway's key: " + check("subscription-key")
                : "the gateway asks for a key: " + check("subscription-key") + ", which is not set";
    }

    private String elsewhere(KeyChallenge keyChallenge) {
        String setting = property(endpoint, "subscription-key-header");
        if (keyChallenge.inQuery()) {
            return "the gateway looks for the key in the query parameter '%s' only, where any log would show it: let the API take it in a header, and name that in %s"
                    .formatted(keyChallenge.name(), setting);
        }
        String header = "the gateway looks for the key in the header '%s': set %s to it"
                .formatted(keyChallenge.name(), setting);
        return hasKey ? header : header + ", and " + property(endpoint, "subscription-key") + ", which is not set";
    }

    /** Whose key a 401 has refused; null if none was, or nobody says, or it was looked for elsewhere than where it is sent. */
    @Nullable
    KeyIssuer refuser(ErrorBody error, HttpHeaders headers) {
        @Nullable KeyChallenge keyChallenge = KeyChallenge.of(headers);
        if (keyChallenge != null || error.mentions("subscription key")) {
            return keyChallenge != null && keyChallenge.isElsewhere(keyHeader) ? null : KeyIssuer.GATEWAY;
        }
        return error.by() == By.SERVICE ? KeyIssuer.SERVICE : null;
    }

    private String check(String property) {
        return "check " + property(endpoint, property);
    }
}
