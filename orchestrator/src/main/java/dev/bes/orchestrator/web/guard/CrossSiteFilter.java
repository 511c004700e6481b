package dev.bes.orchestrator.web.guard;

import dev.bes.orchestrator.web.problem.ProblemAnswer;
import dev.bes.orchestrator.web.problem.ProblemKind;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses changes that a page of another site requests. Without a login there is no token, so the headers of the browser
 * decide. Other programs send neither header. Source: Fetch Metadata Request Headers, W3C; RFC
 * 6454, section 7.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 4)
final class CrossSiteFilter extends OncePerRequestFilter {
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");
    private static final Set<String> FOREIGN = Set.of("cross-site", "same-site");

    private final ProblemAnswer answer;

    CrossSiteFilter(ProblemAnswer answer) {
        this.answer = answer;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (SAFE.contains(request.getMethod()) || !isForeign(request)) {
            chain.doFilter(request, response);
            return;
        }
        answer.json(
                ProblemKind.CROSS_SITE.detail("Only this service's own pages and programs may request changes, not"
                        + " pages of other sites"),
                request,
                response);
    }

    private static boolean isForeign(HttpServletRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        return (site != null && FOREIGN.contains(site))
                || (origin != null && !isOwn(origin, request.getHeader(HttpHeaders.HOST)));
    }

    // the scheme is left out: a proxy in front may end TLS
    private static boolean isOwn(String origin, @Nullable String host) {
        int authority = origin.indexOf("://");
        return authority > 0 && origin.substring(authority + 3).equalsIgnoreCase(host);
    }
}
