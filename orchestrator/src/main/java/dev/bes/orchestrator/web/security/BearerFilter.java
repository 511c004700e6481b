package dev.bes.orchestrator.web.security;

import dev.bes.orchestrator.account.Access;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.web.filter.OncePerRequestFilter;

/** Signs programs in by the token in {@code Authorization: Bearer}. Source: RFC 6750, section 2.1. */
final class BearerFilter extends OncePerRequestFilter {
    static final Pattern BEARER = Pattern.compile("(?i:bearer) +([A-Za-z0-9._~+/-]{1,8192}=*)");

    private final SecurityContextRepository contexts = new RequestAttributeSecurityContextRepository();
    private final List<BearerTokens> kinds;
    private final Unauthorized unauthorized;

    BearerFilter(List<BearerTokens> kinds, Unauthorized unauthorized) {
        this.kinds = List.copyOf(kinds);
        this.unauthorized = unauthorized;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<Access> access = BearerTokens.in(request).flatMap(token -> BearerTokens.access(kinds, token));
        if (access.isEmpty()) {
            unauthorized.answer("The key or token in the header Authorization is not valid", request, response);
            return;
        }
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(
                UsernamePasswordAuthenticationToken.authenticated(access.get(), null, AuthorityUtils.NO_AUTHORITIES));
        SecurityContextHolder.setContext(context);
        // a stream of events is dispatched again when it ends, by another thread
        contexts.saveContext(context, request, response);
        chain.doFilter(request, response);
    }
}
