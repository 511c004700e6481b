package dev.bes.orchestrator.web.security;

import dev.bes.orchestrator.web.problem.ProblemAnswer;
import dev.bes.orchestrator.web.problem.ProblemKind;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriUtils;

/** Answers callers who have not signed in: people are led to the sign-in page, programs get a problem. */
@Component
final class Unauthorized implements AuthenticationEntryPoint {
    private final ProblemAnswer answer;

    Unauthorized(ProblemAnswer answer) {
        this.answer = answer;
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException e)
            throws IOException {
        if (request.getHeader("HX-Request") != null) {
            // a part of a page: the page itself goes to the sign-in, instead of showing it as its part
            response.setHeader("HX-Redirect", signIn(request, shown(request)));
            answer("The session has ended", request, response);
        } else if (answer.wantsPage(request)) {
            boolean isRepeatable = HttpMethod.GET.matches(request.getMethod());
            response.setStatus(HttpStatus.SEE_OTHER.value());
            response.setHeader(HttpHeaders.LOCATION, signIn(request, isRepeatable ? own(request) : "/"));
        } else {
            answer("Nobody has signed in with this request", request, response);
        }
    }

    /** Answers with a problem. */
    void answer(String why, HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        answer.json(ProblemKind.UNAUTHORIZED.detail(why), request, response);
    }

    private static String signIn(HttpServletRequest request, String then) {
        String page = request.getContextPath() + "/sign-in";
        String path = OwnPath.of(then);
        return path.equals("/") ? page : page + "?to=" + UriUtils.encode(path, StandardCharsets.UTF_8);
    }

    private static String own(HttpServletRequest request) {
        String query = request.getQueryString();
        return request.getRequestURI().substring(request.getContextPath().length())
                + (query == null ? "" : "?" + query);
    }

    /** Path and query of the page that a browser shows. */
    private static String shown(HttpServletRequest request) {
        try {
            URI page = URI.create(String.valueOf(request.getHeader("HX-Current-URL")));
            String path = String.valueOf(page.getRawPath());
            String context = request.getContextPath();
            return (path.startsWith(context) ? path.substring(context.length()) : "/")
                    + (page.getRawQuery() == null ? "" : "?" + page.getRawQuery());
        } catch (IllegalArgumentException e) {
            return "/";
        }
    }
}
