package dev.bes.orchestrator.web.security;

import dev.bes.orchestrator.account.Access;
import dev.bes.orchestrator.web.problem.ProblemException;
import dev.bes.orchestrator.web.problem.ProblemKind;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/** Refuses a caller who has the role of {@link Requires} nowhere, and every handler without it. An error is told to everybody. */
final class RoleInterceptor implements HandlerInterceptor {

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        // what a handler answers later was allowed when it was called
        if (request.getDispatcherType() == DispatcherType.ASYNC
                || !(handler instanceof HandlerMethod method)
                || ErrorController.class.isAssignableFrom(method.getBeanType())) {
            return true;
        }
        Access caller = CurrentAccess.keep(request);
        if (method.hasMethodAnnotation(Public.class)
                || (method.hasMethodAnnotation(RequiresSignIn.class) && !caller.equals(CurrentAccess.NOBODY))) {
            return true;
        }
        Requires rule = method.getMethodAnnotation(Requires.class);
        if (rule != null && isAllowed(caller, rule)) {
            return true;
        }
        if (CurrentAccess.mustChangePassword()) {
            return toPasswordChange(request, response);
        }
        throw new ProblemException(
                ProblemKind.FORBIDDEN,
                rule == null
                        ? "This address has no rule that says who may use it"
                        : "This needs the role '%s'%s"
                                .formatted(rule.value().word(), rule.everywhere() ? " on all definitions" : ""));
    }

    private static boolean toPasswordChange(HttpServletRequest request, HttpServletResponse response) {
        if (request.getRequestURI().startsWith(request.getContextPath() + "/api/")) {
            throw new ProblemException(
                    ProblemKind.FORBIDDEN, "The one-time password must be changed first, on the page /account");
        }
        response.setStatus(HttpStatus.SEE_OTHER.value());
        response.setHeader(HttpHeaders.LOCATION, request.getContextPath() + "/account");
        return false;
    }

    private static boolean isAllowed(Access access, Requires rule) {
        return rule.everywhere() ? access.mayEverywhere(rule.value()) : access.maySomewhere(rule.value());
    }
}
