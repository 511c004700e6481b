package dev.bes.orchestrator.remote.bes;

import static dev.bes.orchestrator.remote.settings.EndpointSettings.property;

import dev.bes.orchestrator.remote.RemoteException.By;
import dev.bes.orchestrator.remote.http.KeyChallenge;
import dev.bes.orchestrator.remote.http.KeyIssuer;
import dev.bes.orchestrator.remote.settings.EndpointSettings;
import java.net.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/** Says what to check when a call is refused: the key, where it is expected, or a hop on the network path. */
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
        return by == By.HOP ? " (by a proxy or firewall on the network path)" : "";
    }

    /** The hint, in parentheses. */
    String of(By by, ErrorBody error, HttpHeaders headers) {
        return switch (by) {
            case GATEWAY -> " (" + gatewayHint(error, headers) + ")";
            case SERVICE -> " (the web service refuses its key: " + check("service-key") + ")";
            case HOP, STORE -> onTheWay(by);
            case UNKNOWN ->
                KeyChallenge.isForBearer(headers)
                        ? " (the bearer token is refused: " + check("service-key") + ")"
                        : " (" + check("subscription-key") + " and " + property(endpoint, "service-key") + ")";
        };
    }

    /** The location of the key comes first: the gateway does not see a key that is sent elsewhere. */
    private String gatewayHint(ErrorBody error, HttpHeaders headers) {
        @Nullable KeyChallenge keyChallenge = KeyChallenge.of(headers);
        if (keyChallenge == null && !error.mentions("subscription key")) {
            return KeyChallenge.isForBearer(headers) || error.mentions("jwt")
                    ? "the gateway itself checks the Authorization header, which carries the service's key: check the"
                            + " policies of the API, and " + property(endpoint, "service-key")
                    : "the gateway does not admit this caller: " + check("subscription-key");
        }
        if (keyChallenge != null && keyChallenge.expectsOtherThan(keyHeader)) {
            return otherLocation(keyChallenge);
        }
        return hasKey
                ? "the gateway refuses its key: " + check("subscription-key")
                : "the gateway requires a key: set " + property(endpoint, "subscription-key") + ", which is not set";
    }

    private String otherLocation(KeyChallenge keyChallenge) {
        String setting = property(endpoint, "subscription-key-header");
        if (keyChallenge.inQuery()) {
            return "the gateway expects the key only in the query parameter '%s', which logs would show: let the API accept it in a header, and set %s to that header"
                    .formatted(keyChallenge.name(), setting);
        }
        String header =
                "the gateway expects the key in the header '%s': set %s to it".formatted(keyChallenge.name(), setting);
        return hasKey ? header : header + ", and " + property(endpoint, "subscription-key") + ", which is not set";
    }

    /** The issuer whose key a 401 has refused; null if no key was refused, or it is unknown, or the key is expected elsewhere. */
    @Nullable
    KeyIssuer refuser(ErrorBody error, HttpHeaders headers) {
        @Nullable KeyChallenge keyChallenge = KeyChallenge.of(headers);
        if (keyChallenge != null || error.mentions("subscription key")) {
            return keyChallenge != null && keyChallenge.expectsOtherThan(keyHeader) ? null : KeyIssuer.GATEWAY;
        }
        return error.by() == By.SERVICE ? KeyIssuer.SERVICE : null;
    }

    private String check(String property) {
        return "check " + property(endpoint, property);
    }
}
