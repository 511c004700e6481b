package dev.bes.orchestrator.web.guard;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.boot.web.server.autoconfigure.ServerProperties.ForwardHeadersStrategy;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.ForwardedHeaderFilter;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets trusted proxies say who calls, by which scheme, host and prefix. Everything behind this filter sees only the result:
 * hosts, origins, links, cookies, sign-in and the audit agree. From all others these headers are removed.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class TrustedProxyFilter extends OncePerRequestFilter {
    private static final String DOUBT = TrustedProxyFilter.class.getName() + ".doubt";

    private final ForwardedHeaderFilter forwarded = new ForwardedHeaderFilter();
    private final TrustedProxies proxies;

    /** Refuses the strategies of Spring Boot, which believe more proxies than the setting names. */
    TrustedProxyFilter(WebSettings settings, ServerProperties server) {
        if (server.getForwardHeadersStrategy() != ForwardHeadersStrategy.NONE) {
            throw new InvalidConfigurationPropertyValueException(
                    "server.forward-headers-strategy",
                    server.getForwardHeadersStrategy(),
                    "It must be none: name the proxies in orchestrator.web.trusted-proxies");
        }
        this.proxies = new TrustedProxies(settings.trustedProxies());
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Map<String, String> believed;
        try {
            believed = proxies.include(request.getRemoteAddr()) ? Forwarding.of(request, proxies) : Map.of();
        } catch (IllegalArgumentException e) {
            believed = Map.of();
            request.setAttribute(DOUBT, e.getMessage());
        }
        forwarded.doFilter(new ForwardedRequest(request, believed), response, chain);
    }

    /** Why the headers of a request's proxy are not believed; null if they are. {@link HostFilter} refuses the request. */
    static @Nullable String doubt(HttpServletRequest request) {
        return request.getAttribute(DOUBT) instanceof String doubt ? doubt : null;
    }

    /** An error is answered with the same view of the request. */
    @Override
    protected boolean shouldNotFilterErrorDispatch() {
        return false;
    }
}
