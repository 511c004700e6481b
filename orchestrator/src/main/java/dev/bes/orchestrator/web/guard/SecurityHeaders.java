package dev.bes.orchestrator.web.guard;

import dev.bes.orchestrator.web.problem.AnswerHeaders;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Adds the security headers to every answer. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
final class SecurityHeaders extends OncePerRequestFilter {
    private static final String ONE_YEAR = "max-age=31536000";

    private final String policy;

    /** Lets the form that signs out lead to the OpenID Connect provider. */
    SecurityHeaders(@Value("${orchestrator.security.oidc.issuer:}") String issuer) {
        this.policy = AnswerHeaders.policy(origin(issuer));
    }

    private static String origin(String issuer) {
        URI uri = URI.create(issuer);
        return uri.getHost() == null ? "" : uri.getScheme() + "://" + uri.getRawAuthority();
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        AnswerHeaders.add(response);
        response.setHeader("Content-Security-Policy", policy);
        if (request.isSecure()) {
            response.setHeader("Strict-Transport-Security", ONE_YEAR);
        }
        chain.doFilter(request, response);
    }

    /** The container refuses some requests before any filter, and reports that as an error. */
    @Override
    protected boolean shouldNotFilterErrorDispatch() {
        return false;
    }
}
