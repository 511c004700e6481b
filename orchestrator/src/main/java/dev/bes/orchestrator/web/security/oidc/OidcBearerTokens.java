package dev.bes.orchestrator.web.security.oidc;

import dev.bes.orchestrator.account.Access;
import dev.bes.orchestrator.text.VisibleText;
import dev.bes.orchestrator.web.security.BearerTokens;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtException;

/** Programs with a JWT of the provider. Its name has a prefix that no account has. */
final class OidcBearerTokens implements BearerTokens {
    private static final Logger LOG = LoggerFactory.getLogger(OidcBearerTokens.class);
    private static final Pattern JWT = Pattern.compile("ey[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]*\\.[A-Za-z0-9_-]*");

    private final OidcTokens tokens;
    private final String audience;

    OidcBearerTokens(OidcTokens tokens, String audience) {
        this.tokens = tokens;
        this.audience = audience;
    }

    @Override
    public boolean isKind(String token) {
        return JWT.matcher(token).matches();
    }

    @Override
    public Optional<Access> access(String token) {
        try {
            Jwt jwt = tokens.bearer(audience).decode(token);
            return tokens.name(jwt).map(name -> new Access("oidc:" + name, tokens.grants(jwt)));
        } catch (JwtException | OidcUnavailableException e) {
            LOG.info("A bearer token was refused: {}", VisibleText.of(String.valueOf(e.getMessage())));
            return Optional.empty();
        }
    }
}
