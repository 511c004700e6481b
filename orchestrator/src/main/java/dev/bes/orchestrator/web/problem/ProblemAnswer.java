package dev.bes.orchestrator.web.problem;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.ViewResolver;
import org.springframework.web.util.UriUtils;
import org.thymeleaf.spring6.view.ThymeleafViewResolver;
import tools.jackson.databind.json.JsonMapper;

/** Writes problems outside of controllers, that is, in filters. */
@Component
public final class ProblemAnswer {
    private static final String RETRY_SECONDS = "5";
    private static final String SLUG = ProblemAnswer.class.getName() + ".slug";

    private final JsonMapper json;
    private final ObjectProvider<ThymeleafViewResolver> views;
    private final RefusalCounter refusals;

    ProblemAnswer(JsonMapper json, ObjectProvider<ThymeleafViewResolver> views, RefusalCounter refusals) {
        this.json = json;
        this.views = views;
        this.refusals = refusals;
    }

    /** After how many seconds a request may be repeated; empty if that would be of no use. */
    static Optional<String> retryAfter(ProblemDetail problem) {
        return problem.getStatus() == HttpStatus.SERVICE_UNAVAILABLE.value()
                        || problem.getStatus() == HttpStatus.TOO_MANY_REQUESTS.value()
                ? Optional.of(RETRY_SECONDS)
                : Optional.empty();
    }

    /** Answers a request that a filter could not let pass for want of the database, as one that failed in a controller. */
    public void databaseFailed(Exception e, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        any(ErrorHandler.databaseUnavailable(e, request), request, response);
    }

    /** Writes a page for browsers, JSON for programs. */
    public void any(ProblemDetail problem, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (ErrorHandler.wantsPage(request)) {
            page(problem, request, response);
        } else {
            json(problem, request, response);
        }
    }

    public void json(ProblemDetail problem, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        refusals.count(problem);
        complete(problem, request);
        begin(problem, response);
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.getOutputStream().write(json.writeValueAsBytes(problem));
    }

    private static void begin(ProblemDetail problem, HttpServletResponse response) {
        response.setStatus(problem.getStatus());
        // who knows better has set it
        if (!response.containsHeader(HttpHeaders.RETRY_AFTER)) {
            retryAfter(problem).ifPresent(seconds -> response.setHeader(HttpHeaders.RETRY_AFTER, seconds));
        }
    }

    /** Names the address of the request, and keeps the kind of problem with the request. */
    static void complete(ProblemDetail problem, HttpServletRequest request) {
        problem.setInstance(instance(request));
        URI type = problem.getType();
        if (type != null && type.getFragment() != null) {
            request.setAttribute(SLUG, type.getFragment());
        }
    }

    /** The {@link ProblemKind#slug} of the problem that a request was answered with; null if it was none of ours. */
    public static @Nullable String slug(HttpServletRequest request) {
        return request.getAttribute(SLUG) instanceof String slug ? slug : null;
    }

    /** The address of the request; encoded if it is not a valid URI. */
    static URI instance(HttpServletRequest request) {
        String address = request.getRequestURI();
        try {
            return URI.create(address);
        } catch (IllegalArgumentException e) {
            return URI.create(UriUtils.encodePath(address, StandardCharsets.UTF_8));
        }
    }

    /** The model of the error page. */
    static Map<String, Object> model(ProblemDetail problem) {
        Map<String, Object> model = new HashMap<>();
        model.put("status", problem.getStatus());
        model.put("error", String.valueOf(problem.getTitle()));
        if (problem.getDetail() != null) {
            model.put("detail", problem.getDetail());
        }
        return model;
    }

    private void page(ProblemDetail problem, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        refusals.count(problem);
        complete(problem, request);
        begin(problem, response);
        view("error", model(problem), request, response);
    }

    /** Whether the caller takes a page. */
    public boolean wantsPage(HttpServletRequest request) {
        return ErrorHandler.wantsPage(request);
    }

    /** Writes a page outside of controllers. */
    public void view(String name, Map<String, Object> model, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        ViewResolver resolver = views.getObject();
        try {
            View view = Objects.requireNonNull(resolver.resolveViewName(name, Locale.ENGLISH));
            view.render(model, request, response);
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("The page '" + name + "' can't be rendered", e);
        }
    }
}
