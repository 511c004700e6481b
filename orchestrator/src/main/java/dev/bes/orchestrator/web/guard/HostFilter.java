package dev.bes.orchestrator.web.guard;

import dev.bes.orchestrator.text.VisibleText;
import dev.bes.orchestrator.web.problem.ProblemAnswer;
import dev.bes.orchestrator.web.problem.ProblemKind;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses whatever names this service by a host that is not its own: a page of another site whose name leads here, too (DNS
 * rebinding), is the same site to its browser, and neither login nor {@link CrossSiteFilter} would keep it from reading. A proxy
 * that is not understood has not said by which host it was called.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 3)
final class HostFilter extends OncePerRequestFilter {
    private static final int SHOWN = 100;

    private final AllowedHosts hosts;
    private final ProblemAnswer answer;

    HostFilter(WebSettings settings, @Value("${server.address:}") String address, ProblemAnswer answer) {
        List<String> names = new ArrayList<>(settings.hosts());
        // may be a name; an address that stands for all of them names none
        if (!address.isEmpty() && !address.equals("0.0.0.0") && !address.matches("[0:\\[\\]]+")) {
            names.add(address);
        }
        this.hosts = new AllowedHosts(names);
        this.answer = answer;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String doubt = TrustedProxyFilter.doubt(request);
        if (doubt != null) {
            answer.json(
                    ProblemKind.BAD_FORWARDING.detail("The headers that a proxy added can't be believed. " + doubt),
                    request,
                    response);
            return;
        }
        List<String> named = Collections.list(request.getHeaders(HttpHeaders.HOST));
        if (named.size() == 1 && hosts.allow(named.getFirst(), request.getLocalAddr())) {
            chain.doFilter(request, response);
        } else {
            answer.json(
                    ProblemKind.MISDIRECTED.detail(
                            "This service does not answer for %s, only for localhost, loopback addresses and the hosts"
                                            .formatted(describe(named))
                                    + " in orchestrator.web.hosts"),
                    request,
                    response);
        }
    }

    private static String describe(List<String> named) {
        if (named.size() != 1) {
            return named.isEmpty() ? "a request without a host" : "a request that names several hosts";
        }
        String host = VisibleText.of(named.getFirst());
        return "host '" + (host.length() > SHOWN ? host.substring(0, SHOWN) + "…" : host) + "'";
    }
}
