package dev.bes.orchestrator.web.guard;

import dev.bes.orchestrator.web.problem.ProblemAnswer;
import dev.bes.orchestrator.web.problem.ProblemKind;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Locale;
import java.util.regex.Pattern;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Limits concurrent requests, and with them the memory and the connections that they need. Requests that a slow client can
 * prolong have limits of their own, so that they can't block the pages. Liveness and readiness have no limit.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 5)
final class ConcurrencyLimits extends OncePerRequestFilter {
    private static final String RETRY_SECONDS = "5";
    private static final Pattern PROBE = Pattern.compile("/livez|/readyz|/actuator/health/(liveness|readiness)");
    private static final Pattern DOWNLOAD = Pattern.compile("/api/v1/runs/[^/]+/scorings/[^/]+/outputs/.*");
    private static final String REQUESTS = "orchestrator.web.max-concurrent-requests";
    private static final String TRANSFERS = "orchestrator.web.max-concurrent-transfers";

    private final ProblemAnswer answer;
    private final ConcurrencyLimit reads;
    private final ConcurrencyLimit bodies;
    private final ConcurrencyLimit uploads;
    private final ConcurrencyLimit downloads;

    ConcurrencyLimits(WebSettings settings, ProblemAnswer answer, InstantSource clock) {
        this.answer = answer;
        this.reads = new ConcurrencyLimit("requests", REQUESTS, settings.maxConcurrentRequests(), clock);
        this.bodies = new ConcurrencyLimit("requests with a body", REQUESTS, settings.maxConcurrentRequests(), clock);
        this.uploads = new ConcurrencyLimit("uploads", TRANSFERS, settings.maxConcurrentTransfers(), clock);
        this.downloads = new ConcurrencyLimit("downloads", TRANSFERS, settings.maxConcurrentTransfers(), clock);
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return PROBE.matcher(path(request)).matches();
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        ConcurrencyLimit limit = of(request);
        if (!limit.enter()) {
            refuse(
                    ProblemKind.CONCURRENCY_LIMIT,
                    limit.reason() + ". Nothing was done for this request",
                    request,
                    response);
            return;
        }
        try {
            chain.doFilter(request, response);
        } finally {
            limit.leave();
        }
    }

    private void refuse(ProblemKind kind, String why, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        response.setHeader(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
        answer.any(kind.detail(why), request, response);
    }

    private ConcurrencyLimit of(HttpServletRequest request) {
        if (request.getContentLengthLong() > 0 || request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null) {
            String type = request.getContentType();
            return type != null && type.toLowerCase(Locale.ROOT).startsWith("multipart/") ? uploads : bodies;
        }
        return DOWNLOAD.matcher(path(request)).matches() ? downloads : reads;
    }

    private static String path(HttpServletRequest request) {
        return request.getRequestURI().substring(request.getContextPath().length());
    }
}
