package dev.bes.orchestrator.web.audit;

import dev.bes.orchestrator.audit.Action;
import dev.bes.orchestrator.audit.AuditLog;
import dev.bes.orchestrator.audit.RequestOrigin;
import dev.bes.orchestrator.database.DatabaseFailure;
import dev.bes.orchestrator.database.RequestConnections;
import dev.bes.orchestrator.web.problem.ProblemAnswer;
import dev.bes.orchestrator.web.problem.ProblemKind;
import dev.bes.orchestrator.web.security.CurrentAccess;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Tells the audit where a change comes from, and records the requests for changes that were refused, and those of which nobody can
 * say for which host they are.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 2)
final class AuditedRequests extends OncePerRequestFilter {
    private static final Logger LOG = LoggerFactory.getLogger(AuditedRequests.class);
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");
    // refused whatever was asked for
    private static final Set<String> OF_GUARDS =
            Set.of(ProblemKind.MISDIRECTED.slug(), ProblemKind.BAD_FORWARDING.slug());
    // 503 and 500 refuse nobody: the same request may be made again
    private static final int FIRST_FAILURE = 500;

    private final ObjectProvider<AuditLog> audit;
    private final ObjectProvider<RequestSubjects> subjects;
    private final RequestConnections connections;

    AuditedRequests(
            ObjectProvider<AuditLog> audit, ObjectProvider<RequestSubjects> subjects, RequestConnections connections) {
        // resolved late: filters are created before the service has waited for its database
        this.audit = audit;
        this.subjects = subjects;
        this.connections = connections;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String path = request.getRequestURI().substring(request.getContextPath().length());
        RequestOrigin origin = new RequestOrigin(
                request.getRemoteAddr(), request.getMethod() + " " + path, () -> CurrentAccess.signedInBy(request));
        try {
            ScopedValue.where(RequestOrigin.CURRENT, origin).call(() -> {
                chain.doFilter(request, response);
                recordRefusal(request, response.getStatus(), path, origin);
                return null;
            });
        } catch (IOException | ServletException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new ServletException(e);
        }
    }

    private void recordRefusal(HttpServletRequest request, int status, String path, RequestOrigin origin) {
        String slug = ProblemAnswer.slug(request);
        if (origin.isRefusalRecorded() || !isRefusal(request, status, slug)) {
            return;
        }
        String name = CurrentAccess.name(request);
        connections.enter();
        try {
            if (origin.object() == null) {
                subjects.getObject()
                        .of(path)
                        .ifPresent(subject -> RequestOrigin.isAbout(subject.object(), subject.definition()));
            }
            String object = origin.object();
            audit.getObject()
                    .refused(
                            Action.REQUEST_REFUSED,
                            name == null ? AuditLog.NOBODY : "user:" + name,
                            object == null ? "address " + path : object,
                            origin.definition(),
                            slug == null ? "status " + status : slug);
        } catch (DataAccessException | TransactionException e) {
            DatabaseFailure.warn(LOG, "A refused request could not be recorded", e);
        } finally {
            connections.leave();
        }
    }

    private static boolean isRefusal(HttpServletRequest request, int status, @Nullable String slug) {
        return OF_GUARDS.contains(slug == null ? "" : slug)
                || (status >= HttpStatus.BAD_REQUEST.value()
                        && status < FIRST_FAILURE
                        && !SAFE.contains(request.getMethod()));
    }
}
