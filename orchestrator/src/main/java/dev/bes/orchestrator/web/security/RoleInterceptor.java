package dev.bes.orchestrator.web.security;

import dev.bes.orchestrator.account.Access;
import dev.bes.orchestrator.web.problem.ProblemException;
import dev.bes.orchestrator.web.problem.ProblemKind;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/** Refuses a caller who has the role of {@link Requires} nowhere, and every handler without it. An error is told to everybody. */
final class RoleInterceptor implements HandlerInterceptor {

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (!(handler instanceof HandlerMethod method)
                || ErrorController.class.isAssignableFrom(method.getBeanType())) {
            return true;
        }
        Requires rule = method.getMethodAnnotation(Requires.class);
        if (rule == null || !isAllowed(CurrentAccess.get(), rule)) {
            throw new ProblemException(
                    ProblemKind.FORBIDDEN,
                    rule == null
                            ? "This address has no rule that says who may use it"
                            : "This needs the role '%s'%s"
                                    .formatted(rule.value().word(), rule.everywhere() ? " on all definitions" : ""));
        }
        return true;
    }

    private static boolean isAllowed(Access access, Requires rule) {
        return rule.everywhere() ? access.mayEverywhere(rule.value()) : access.maySomewhere(rule.value());
    }
}
