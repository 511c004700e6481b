package dev.bes.orchestrator.web.guard;

import dev.bes.orchestrator.database.DatabaseFailure;
import dev.bes.orchestrator.database.DatabaseState;
import dev.bes.orchestrator.database.RequestConnections;
import dev.bes.orchestrator.web.problem.ProblemAnswer;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Holds requests to their share of the connections to the database, and counts those that are turned away. Who calls is read from the
 * database, too: a filter that can't turns the caller away like a controller.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 6)
final class RequestConnectionFilter extends OncePerRequestFilter {
    private final RequestConnections connections;
    private final DatabaseState state;
    private final ProblemAnswer answer;

    RequestConnectionFilter(RequestConnections connections, DatabaseState state, ProblemAnswer answer) {
        this.connections = connections;
        this.state = state;
        this.answer = answer;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        connections.enter();
        try {
            chain.doFilter(request, response);
        } catch (ServletException | RuntimeException e) {
            if (DatabaseFailure.of(e) == null || response.isCommitted()) {
                throw e;
            }
            answer.databaseFailed(e, request, response);
        } finally {
            connections.leave();
            if (response.getStatus() == HttpServletResponse.SC_SERVICE_UNAVAILABLE) {
                state.requestRefused();
            }
        }
    }
}
