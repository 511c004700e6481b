package dev.bes.orchestrator.web.guard;

import dev.bes.orchestrator.node.folder.FolderUnavailableException;
import dev.bes.orchestrator.node.folder.SharedFolder;
import dev.bes.orchestrator.node.folder.SharedFolders;
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
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Bounds the requests that are worked on at a time, and with them the memory and the connections that they take. What may be
 * slow because of its caller is counted apart, so that it can't keep the pages from anybody; liveness and readiness always
 * answer.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 3)
final class ConcurrencyLimits extends OncePerRequestFilter {
    private static final String RETRY_SECONDS = "5";
    private static final Pattern PROBE = Pattern.compile("/actuator/health/(liveness|readiness)");
    private static final Pattern DOWNLOAD = Pattern.compile("/api/runs/[^/]+/scorings/[^/]+/outputs/.*");
    private static final String REQUESTS = "orchestrator.web.requests-at-once";
    private static final String TRANSFERS = "orchestrator.web.transfers-at-once";

    private final ProblemAnswer answer;
    private final ObjectProvider<SharedFolders> folders;
    private final ConcurrencyLimit questions;
    private final ConcurrencyLimit bodies;
    private final ConcurrencyLimit uploads;
    private final ConcurrencyLimit downloads;

    ConcurrencyLimits(
            WebSettings settings, ProblemAnswer answer, ObjectProvider<SharedFolders> folders, InstantSource clock) {
        this.answer = answer;
        // asked for when they are needed: filters are made before the service has waited for its database
        this.folders = folders;
        this.questions = new ConcurrencyLimit("requests", REQUESTS, settings.requestsAtOnce(), clock);
        this.bodies = new ConcurrencyLimit("requests with a body", REQUESTS, settings.requestsAtOnce(), clock);
        this.uploads = new ConcurrencyLimit("uploads", TRANSFERS, settings.transfersAtOnce(), clock);
        this.downloads = new ConcurrencyLimit("downloads", TRANSFERS, settings.transfersAtOnce(), clock);
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return PROBE.matcher(path(request)).matches();
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        ConcurrencyLimit bound = of(request);
        if (!bound.enter()) {
            refuse(ProblemKind.TOO_MANY_AT_ONCE, bound.reason() + "; nothing was done for this one", request, response);
            return;
        }
        try {
            if (bound == uploads) {
                // nothing is read that could not be kept
                folders.getObject().require(SharedFolder.UPLOADS);
            }
            chain.doFilter(request, response);
        } catch (FolderUnavailableException e) {
            refuse(ProblemKind.UNAVAILABLE, String.valueOf(e.getMessage()), request, response);
        } finally {
            bound.leave();
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
        return DOWNLOAD.matcher(path(request)).matches() ? downloads : questions;
    }

    private static String path(HttpServletRequest request) {
        return request.getRequestURI().substring(request.getContextPath().length());
    }
}
