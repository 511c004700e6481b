package dev.bes.orchestrator.web.security;

import dev.bes.orchestrator.account.Access;
import dev.bes.orchestrator.web.security.session.SignedIn;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Gives handlers the access of their caller as an argument. */
public final class CurrentAccess implements HandlerMethodArgumentResolver {
    private static final String CALLER = CurrentAccess.class.getName() + ".caller";
    private static final String SIGNED_IN_BY = CurrentAccess.class.getName() + ".signed-in-by";

    static final Access NOBODY = new Access("nobody", List.of());

    /** The access of the caller of the current request. A caller who is not known may do nothing. */
    static Access get() {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        return authentication != null && authentication.getPrincipal() instanceof Access access ? access : NOBODY;
    }

    /** Whether the caller has a one-time password that he must change before anything else. */
    public static boolean mustChangePassword() {
        return SecurityContextHolder.getContext().getAuthentication() instanceof SignedIn signedIn
                && signedIn.account().mustChangePassword();
    }

    /** Keeps the caller with his request: the security context is gone when the request has been answered. */
    static Access keep(HttpServletRequest request) {
        Access access = get();
        if (!access.equals(NOBODY)) {
            request.setAttribute(CALLER, access.name());
        }
        request.setAttribute(
                SIGNED_IN_BY, signedInBy(SecurityContextHolder.getContext().getAuthentication()));
        return access;
    }

    /** The name of the caller of a request; null if it was refused before he was known. */
    public static @Nullable String name(HttpServletRequest request) {
        return request.getAttribute(CALLER) instanceof String name ? name : null;
    }

    /** How the caller of a request is known: {@code session}, {@code token}, {@code open}, or {@code none}. */
    public static String signedInBy(HttpServletRequest request) {
        return request.getAttribute(SIGNED_IN_BY) instanceof String way ? way : "none";
    }

    private static String signedInBy(@Nullable Authentication authentication) {
        return switch (authentication) {
            case SignedIn _ -> "session";
            case AnonymousAuthenticationToken anybody when anybody.getPrincipal() instanceof Access -> "open";
            case Authentication known when known.getPrincipal() instanceof Access -> "token";
            case null, default -> "none";
        };
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType().equals(Access.class);
    }

    @Override
    public Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        return get();
    }
}
