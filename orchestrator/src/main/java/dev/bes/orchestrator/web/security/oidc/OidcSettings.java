package dev.bes.orchestrator.web.security.oidc;

import dev.bes.orchestrator.account.Grant;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;

/**
 * The OpenID Connect provider.
 *
 * @param issuer its address, exactly as it writes it into tokens
 * @param clientId the name under which it knows this service
 * @param clientSecret null for a public client, which PKCE alone protects
 * @param label what the link of the sign-in page says
 * @param scopes what is asked of it; {@code openid} is always among them
 * @param nameClaim the claim that names a user
 * @param groupsClaim the claim with his groups
 * @param grants what each group may do: grants separated by commas
 * @param audience the audience of bearer tokens; null if none are taken
 * @param algorithms the algorithms by which it may sign
 */
@ConfigurationProperties("orchestrator.security.oidc")
record OidcSettings(
        URI issuer,
        String clientId,
        @Nullable String clientSecret,
        @DefaultValue("Sign in with OpenID Connect") String label,
        @DefaultValue({"openid", "profile"}) Set<String> scopes,
        @DefaultValue("preferred_username") String nameClaim,
        @DefaultValue("groups") String groupsClaim,
        @DefaultValue Map<String, String> grants,
        @Nullable String audience,
        @DefaultValue("RS256") Set<SignatureAlgorithm> algorithms) {
    private static final String PREFIX = "orchestrator.security.oidc.";

    /**
     * Checks the settings.
     *
     * @throws IllegalArgumentException naming the property that is missing or wrong
     */
    OidcSettings {
        if (!isSafe(issuer) || issuer.getRawQuery() != null) {
            throw wrong(
                    "issuer", "must be an https address without user, query and fragment; http is for loopback only");
        }
        if (clientId == null || clientId.isBlank()) {
            throw wrong("client-id", "is missing: set it to the id that the provider gave this service");
        }
        if (!scopes.contains("openid")) {
            throw wrong("scopes", "must hold openid");
        }
        if (algorithms.isEmpty()) {
            throw wrong("algorithms", "is empty: name the algorithms by which the provider signs, such as RS256");
        }
        grants = Map.copyOf(grants);
        new TreeMap<>(grants).forEach((group, text) -> {
            try {
                of(text);
            } catch (IllegalArgumentException e) {
                throw wrong("grants", "gives group '" + group + "' what is no grant: " + e.getMessage());
            }
        });
    }

    private static IllegalArgumentException wrong(String name, String what) {
        return new IllegalArgumentException(PREFIX + name + " " + what);
    }

    /** Whether an address of the provider may be called: by TLS, or on this machine. */
    static boolean isSafe(@Nullable URI address) {
        return address != null
                && address.getHost() != null
                && address.getRawUserInfo() == null
                && address.getRawFragment() == null
                && ("https".equals(address.getScheme())
                        || ("http".equals(address.getScheme())
                                && address.getHost().matches("localhost|127(\\.[0-9]{1,3}){3}|\\[::1]")));
    }

    /** The grants of a user with these groups. */
    List<Grant> of(List<String> groups) {
        return groups.stream()
                .map(grants::get)
                .filter(text -> text != null)
                .flatMap(text -> of(text).stream())
                .distinct()
                .toList();
    }

    private static List<Grant> of(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .map(Grant::of)
                .toList();
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return issuer + ", client " + clientId;
    }
}
