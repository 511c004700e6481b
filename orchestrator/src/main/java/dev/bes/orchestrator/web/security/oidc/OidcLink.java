package dev.bes.orchestrator.web.security.oidc;

import dev.bes.orchestrator.web.security.OwnPath;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestCustomizers;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;

/** Leads a browser to the provider, with state, nonce and PKCE, and remembers where its user wanted to go. */
final class OidcLink implements OAuth2AuthorizationRequestResolver {
    /** The path of the link, without the name of the registration. */
    static final String BASE = "/sign-in/with";

    /** How long the user may take to sign in at the provider. */
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final DefaultOAuth2AuthorizationRequestResolver requests;

    OidcLink(OidcProvider provider) {
        this.requests = new DefaultOAuth2AuthorizationRequestResolver(provider, BASE);
        requests.setAuthorizationRequestCustomizer(OAuth2AuthorizationRequestCustomizers.withPkce());
    }

    @Override
    public @Nullable OAuth2AuthorizationRequest resolve(HttpServletRequest request) {
        OAuth2AuthorizationRequest toProvider = requests.resolve(request);
        if (toProvider != null) {
            HttpSession session = request.getSession();
            if (session.isNew()) {
                // anybody can begin a sign-in, and each makes a row
                session.setMaxInactiveInterval(Math.toIntExact(LONGEST.toSeconds()));
            }
            session.setAttribute(OidcSignIn.TO, OwnPath.of(request.getParameter("to")));
        }
        return toProvider;
    }

    @Override
    public @Nullable OAuth2AuthorizationRequest resolve(HttpServletRequest request, String registration) {
        return requests.resolve(request, registration);
    }
}
