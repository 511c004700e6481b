package dev.bes.orchestrator.web.security.oidc;

import dev.bes.orchestrator.account.Grant;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenValidator;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.ClaimAccessor;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtAudienceValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoderFactory;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.JwtTypeValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/** Checks the tokens of the provider, and reads from them who somebody is and what he may do. */
final class OidcTokens implements JwtDecoderFactory<ClientRegistration> {
    private static final Duration SKEW = Duration.ofSeconds(60);
    // the length is that of a name of an account
    private static final Pattern NAME = Pattern.compile("[^\\p{C}\\p{Zl}\\p{Zp}\\s][^\\p{C}\\p{Zl}\\p{Zp}]{0,149}");

    private final OidcSettings settings;
    private final OidcProvider provider;

    OidcTokens(OidcSettings settings, OidcProvider provider) {
        this.settings = settings;
        this.provider = provider;
    }

    /** Checks the ID token of a sign-in. */
    @Override
    public JwtDecoder createDecoder(ClientRegistration registration) {
        return decoder(new OidcIdTokenValidator(registration));
    }

    /** Checks a bearer token for an audience. An ID token is none: it says who signed in to a client, and gives no right to call. */
    JwtDecoder bearer(String audience) {
        JwtTypeValidator type = new JwtTypeValidator("JWT", "at+jwt");
        type.setAllowEmpty(true);
        return decoder(new DelegatingOAuth2TokenValidator<>(
                type,
                new JwtIssuerValidator(settings.issuer().toString()),
                new JwtAudienceValidator(audience),
                OidcTokens::isAccessToken));
    }

    private static OAuth2TokenValidatorResult isAccessToken(Jwt token) {
        return token.getExpiresAt() == null || token.hasClaim("nonce")
                ? OAuth2TokenValidatorResult.failure(
                        new OAuth2Error("invalid_token", "It has no expiry, or is an ID token", null))
                : OAuth2TokenValidatorResult.success();
    }

    private JwtDecoder decoder(OAuth2TokenValidator<Jwt> more) {
        NimbusJwtDecoder decoder = NimbusJwtDecoder.withJwkSource(
                        provider.known().keys())
                .jwsAlgorithms(allowed -> {
                    allowed.clear();
                    allowed.addAll(settings.algorithms());
                })
                .build();
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(new JwtTimestampValidator(SKEW), more));
        return decoder;
    }

    /** What somebody may do by his groups now. */
    List<Grant> grants(ClaimAccessor token) {
        Object groups = token.getClaims().get(settings.groupsClaim());
        return settings.of(
                groups instanceof Collection<?> several
                        ? several.stream().map(String::valueOf).toList()
                        : groups instanceof String one ? List.of(one) : List.of());
    }

    /** What the provider calls him; empty if that is no name. */
    Optional<String> name(ClaimAccessor token) {
        return Optional.ofNullable(token.getClaims().get(settings.nameClaim()))
                .or(() -> Optional.ofNullable(token.getClaims().get("sub")))
                .map(String::valueOf)
                .filter(name -> NAME.matcher(name).matches());
    }
}
