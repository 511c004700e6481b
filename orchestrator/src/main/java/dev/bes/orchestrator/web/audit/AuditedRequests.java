package dev.bes.orchestrator.web.audit;

import dev.bes.orchestrator.audit.Action;
import dev.bes.orchestrator.audit.AuditLog;
import dev.bes.orchestrator.audit.RequestOrigin;
import dev.bes.orchestrator.database.DatabaseFailure;
import dev.bes.orchestrator.web.security.CurrentAccess;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
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

/** Tells the audit where a change comes from, and records the requests for changes that were refused. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 7)
final class AuditedRequests extends OncePerRequestFilter {
    private static final Logger LOG = LoggerFactory.getLogger(AuditedRequests.class);
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");
    // 503 and 500 refuse nobody: the same request may be made again
    private static final int FIRST_FAILURE = 500;

    private final ObjectProvider<AuditLog> audit;

    AuditedRequests(ObjectProvider<AuditLog> audit) {
        // resolved late: filters are created before the service has waited for its database
        this.audit = audit;
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
                recordRefusal(request, response.getStatus(), path);
                return null;
            });
        } catch (IOException | ServletException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new ServletException(e);
        }
    }

    private void recordRefusal(HttpServletRequest request, int status, String path) {
        boolean refused = status >= HttpStatus.BAD_REQUEST.value() && status < FIRST_FAILURE;
        if (!refused || SAFE.contains(request.getMethod())) {
            return;
        }
        try {
            audit.getObject()
                    .refused(
                            Action.REQUEST_REFUSED,
                            "user:" + CurrentAccess.name(request),
                            "address " + path,
                            "status " + status);
        } catch (DataAccessException | TransactionException e) {
            DatabaseFailure.warn(LOG, "A refused request could not be recorded", e);
        }
    }
}
