package dev.bes.orchestrator.web.security;

import dev.bes.orchestrator.account.Access;
import dev.bes.orchestrator.web.security.session.SignedIn;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Gives handlers the access of their caller as an argument. */
public final class CurrentAccess implements HandlerMethodArgumentResolver {
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
