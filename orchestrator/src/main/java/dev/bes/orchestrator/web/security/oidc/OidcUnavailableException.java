package dev.bes.orchestrator.web.security.oidc;

import org.springframework.security.core.AuthenticationException;

/** The provider can't be reached, or says something that can't be used. The message says what. */
final class OidcUnavailableException extends AuthenticationException {
    private static final long serialVersionUID = 1L;

    OidcUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
