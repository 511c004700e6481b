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
import org.springframework.beans.factory.ObjectProvider;
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
    private final JsonMapper json;
    private final ObjectProvider<ThymeleafViewResolver> views;
    private final RefusalCounter refusals;

    ProblemAnswer(JsonMapper json, ObjectProvider<ThymeleafViewResolver> views, RefusalCounter refusals) {
        this.json = json;
        this.views = views;
        this.refusals = refusals;
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
        problem.setInstance(instance(request));
        response.setStatus(problem.getStatus());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.getOutputStream().write(json.writeValueAsBytes(problem));
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
        response.setStatus(problem.getStatus());
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
