package dev.bes.orchestrator.web.security.oidc;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.Resource;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the provider says of itself. It is asked when somebody needs it, not at start: a provider that is down stops nobody but those who sign in by it.
 * Source: OpenID Connect Discovery 1.0.
 */
final class OidcProvider implements ClientRegistrationRepository {
    /** The name of the only registration. */
    static final String ID = "oidc";

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration FRESH = Duration.ofHours(1);
    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final Duration KEY_PAUSE = Duration.ofSeconds(10);
    private static final int MAX_SIZE = 1 << 20;

    private final OidcSettings settings;
    private final InstantSource clock;
    private final RestClient http;
    private @Nullable Known known;
    private @Nullable OidcUnavailableException failure;
    private Instant until = Instant.MIN;

    OidcProvider(OidcSettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
        JdkClientHttpRequestFactory calls = new JdkClientHttpRequestFactory(HttpClient.newBuilder()
                .connectTimeout(TIMEOUT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build());
        calls.setReadTimeout(TIMEOUT);
        this.http = RestClient.builder().requestFactory(calls).build();
    }

    /**
     * What is known of the provider.
     *
     * @param registration its addresses, and ours
     * @param keys its public keys; fetched again when a token names an unknown one
     * @param signOut where a browser signs out of it; null if it has no such address
     */
    record Known(
            ClientRegistration registration,
            JWKSource<SecurityContext> keys,
            @Nullable URI signOut) {}

    /** A client for its addresses, which follows no redirect. */
    RestClient http() {
        return http;
    }

    /**
     * What it says of itself now, or said within the last hour.
     *
     * @throws OidcUnavailableException if it can't be reached, or says something that can't be used
     */
    synchronized Known known() {
        Instant now = clock.instant();
        if (now.isBefore(until) && failure != null) {
            throw failure;
        }
        if (known == null || !now.isBefore(until)) {
            try {
                known = discover();
                failure = null;
                until = now.plus(FRESH);
            } catch (OidcUnavailableException e) {
                until = now.plus(PAUSE);
                failure = known == null ? e : null;
                if (known == null) {
                    throw e;
                }
            }
        }
        return known;
    }

    @Override
    public @Nullable ClientRegistration findByRegistrationId(String id) {
        return id.equals(ID) ? known().registration() : null;
    }

    private Known discover() {
        String issuer = settings.issuer().toString();
        try {
            String address = (issuer.endsWith("/") ? issuer : issuer + "/") + ".well-known/openid-configuration";
            Map<String, Object> said = new JsonMapper()
                    .readerFor(new tools.jackson.core.type.TypeReference<Map<String, Object>>() {})
                    .readValue(read(URI.create(address)));
            if (!issuer.equals(said.get("issuer"))) {
                throw new IllegalArgumentException("it calls itself by another address than the setting");
            }
            ClientRegistration registration = ClientRegistrations.fromOidcConfiguration(said)
                    .registrationId(ID)
                    .clientId(settings.clientId())
                    .scope(settings.scopes())
                    .redirectUri("{baseUrl}/sign-in/oidc")
                    .userNameAttributeName("sub")
                    .build();
            registration = withSecret(registration);
            URI keys = safe(registration.getProviderDetails().getJwkSetUri());
            safe(registration.getProviderDetails().getTokenUri());
            safe(registration.getProviderDetails().getAuthorizationUri());
            Object end = said.get("end_session_endpoint");
            return new Known(registration, keys(keys), end == null ? null : safe(end.toString()));
        } catch (RuntimeException | IOException e) {
            throw new OidcUnavailableException(
                    "The OpenID Connect provider %s can't be used: %s"
                            .formatted(issuer, NestedExceptionUtils.getMostSpecificCause(e)),
                    e);
        }
    }

    private ClientRegistration withSecret(ClientRegistration registration) {
        ClientRegistration.Builder builder = ClientRegistration.withClientRegistration(registration);
        return settings.clientSecret() == null
                ? builder.clientAuthenticationMethod(ClientAuthenticationMethod.NONE)
                        .build()
                : builder.clientSecret(settings.clientSecret().strip()).build();
    }

    private JWKSource<SecurityContext> keys(URI address) throws MalformedURLException {
        return JWKSourceBuilder.<SecurityContext>create(address.toURL(), url -> {
                    try {
                        return new Resource(read(URI.create(url.toString())), "application/json");
                    } catch (RuntimeException e) {
                        throw new IOException(e.getMessage(), e);
                    }
                })
                // a token with an unknown key asks for the keys again, but not as often as anybody sends one
                .rateLimited(KEY_PAUSE.toMillis())
                .build();
    }

    private String read(URI address) throws IOException {
        byte[] body = http.get().uri(safe(address.toString())).exchange((request, answer) -> {
            if (!answer.getStatusCode().is2xxSuccessful()) {
                throw new IOException(
                        "it answered with status " + answer.getStatusCode().value());
            }
            try (InputStream in = answer.getBody()) {
                return in.readNBytes(MAX_SIZE + 1);
            }
        });
        if (body == null || body.length > MAX_SIZE) {
            throw new IOException("its answer is empty or too large");
        }
        return new String(body, StandardCharsets.UTF_8);
    }

    private static URI safe(@Nullable String address) {
        URI uri = URI.create(String.valueOf(address));
        if (!OidcSettings.isSafe(uri)) {
            throw new IllegalArgumentException("it names an address that is not https: " + address);
        }
        return uri;
    }
}
