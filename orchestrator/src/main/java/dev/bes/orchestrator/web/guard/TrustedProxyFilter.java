package dev.bes.orchestrator.web.guard;

import dev.bes.orchestrator.web.problem.AnswerHeaders;
import dev.bes.orchestrator.web.problem.ProblemAnswer;
import dev.bes.orchestrator.web.problem.ProblemKind;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
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
    private final ForwardedHeaderFilter forwarded = new ForwardedHeaderFilter();
    private final TrustedProxies proxies;
    private final ProblemAnswer answer;

    /** Refuses the strategies of Spring Boot, which believe more proxies than the setting names. */
    TrustedProxyFilter(WebSettings settings, ServerProperties server, ProblemAnswer answer) {
        if (server.getForwardHeadersStrategy() != ForwardHeadersStrategy.NONE) {
            throw new InvalidConfigurationPropertyValueException(
                    "server.forward-headers-strategy",
                    server.getForwardHeadersStrategy(),
                    "It must be none: name the proxies in orchestrator.web.trusted-proxies");
        }
        this.proxies = new TrustedProxies(settings.trustedProxies());
        this.answer = answer;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Map<String, String> believed;
        try {
            believed = proxies.include(request.getRemoteAddr()) ? Forwarding.of(request, proxies) : Map.of();
        } catch (IllegalArgumentException e) {
            AnswerHeaders.add(response);
            answer.json(
                    ProblemKind.BAD_REQUEST.detail(
                            "The headers that a proxy added can't be believed. " + e.getMessage()),
                    request,
                    response);
            return;
        }
        forwarded.doFilter(new ForwardedRequest(request, believed), response, chain);
    }

    /** An error is answered with the same view of the request. */
    @Override
    protected boolean shouldNotFilterErrorDispatch() {
        return false;
    }
}
