package dev.bes.orchestrator.web.security.oidc;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.logout.LogoutHandler;
import org.springframework.security.web.authentication.logout.LogoutSuccessHandler;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Signs a user out of the provider after he has signed out here, if he came from there. Source: OpenID Connect RP-Initiated Logout 1.0.
 */
final class OidcSignOut implements LogoutHandler, LogoutSuccessHandler {
    private static final String SIGNED_OUT = "/sign-in?out";

    private final OidcSettings settings;
    private final OidcProvider provider;

    OidcSignOut(OidcSettings settings, OidcProvider provider) {
        this.settings = settings;
        this.provider = provider;
    }

    /** Keeps the ID token until the session is gone. */
    @Override
    public void logout(
            HttpServletRequest request, HttpServletResponse response, @Nullable Authentication authentication) {
        HttpSession session = request.getSession(false);
        if (session != null) {
            request.setAttribute(OidcSignIn.ID_TOKEN, session.getAttribute(OidcSignIn.ID_TOKEN));
        }
    }

    @Override
    public void onLogoutSuccess(
            HttpServletRequest request, HttpServletResponse response, @Nullable Authentication authentication) {
        URI end = request.getAttribute(OidcSignIn.ID_TOKEN) == null ? null : signOut();
        response.setStatus(HttpStatus.SEE_OTHER.value());
        response.setHeader(
                HttpHeaders.LOCATION,
                end == null
                        ? request.getContextPath() + SIGNED_OUT
                        : UriComponentsBuilder.fromUri(end)
                                .queryParam("id_token_hint", "{token}")
                                .queryParam("client_id", "{client}")
                                .queryParam("post_logout_redirect_uri", "{here}")
                                .encode()
                                .buildAndExpand(
                                        request.getAttribute(OidcSignIn.ID_TOKEN),
                                        settings.clientId(),
                                        ServletUriComponentsBuilder.fromContextPath(request)
                                                        .toUriString()
                                                + SIGNED_OUT)
                                .toUriString());
    }

    /** A provider that is down keeps nobody from signing out here. */
    private @Nullable URI signOut() {
        try {
            return provider.known().signOut();
        } catch (OidcUnavailableException _) {
            return null;
        }
    }
}
