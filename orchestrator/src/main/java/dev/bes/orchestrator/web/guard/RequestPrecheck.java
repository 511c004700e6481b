package dev.bes.orchestrator.web.guard;

import dev.bes.orchestrator.web.problem.ProblemException;
import dev.bes.orchestrator.web.problem.ProblemKind;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Refuses ambiguous requests before any handler runs, so that nothing is written for them. Spring has checked the method, the
 * Accept header and the content type before, by what each mapping produces and consumes.
 */
public final class RequestPrecheck implements HandlerInterceptor {
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod method && request.getDispatcherType() == DispatcherType.REQUEST) {
            MultiValueMap<String, String> query = query(request);
            if (SAFE.contains(request.getMethod())) {
                requireSingleValues(query);
            } else {
                requireNoQuery(query);
                requireNoContentCoding(request);
                requireOneContentType(request);
                setContentType(method, response);
            }
        }
        return true;
    }

    /** Not from {@code getParameterMap()}, which also reads the body. */
    private static MultiValueMap<String, String> query(HttpServletRequest request) {
        return UriComponentsBuilder.newInstance()
                .query(request.getQueryString())
                .build()
                .getQueryParams();
    }

    private static void requireSingleValues(MultiValueMap<String, String> query) {
        query.forEach((name, values) -> {
            if (values.size() > 1) {
                throw ProblemException.badRequest(
                        "'%s' was given %d times; give it once".formatted(name, values.size()));
            }
        });
    }

    /** A caller who writes {@code ?dryRun=true} expects an effect. */
    private static void requireNoQuery(MultiValueMap<String, String> query) {
        if (!query.isEmpty()) {
            throw ProblemException.badRequest(
                    "A request that changes something takes nothing from its address, but it has the parameter '"
                            + query.keySet().iterator().next() + "'; put it into the body. Nothing was done");
        }
    }

    private static void requireNoContentCoding(HttpServletRequest request) {
        for (String coding : Collections.list(request.getHeaders(HttpHeaders.CONTENT_ENCODING))) {
            if (!coding.strip().toLowerCase(Locale.ROOT).equals("identity")) {
                throw new ProblemException(
                        ProblemKind.UNSUPPORTED_TYPE,
                        "The body has the Content-Encoding '%s'; send it unencoded. Nothing was done"
                                .formatted(coding));
            }
        }
    }

    private static void requireOneContentType(HttpServletRequest request) {
        List<String> types = Collections.list(request.getHeaders(HttpHeaders.CONTENT_TYPE));
        if (types.stream().distinct().count() > 1) {
            throw ProblemException.badRequest("There are %d different Content-Type headers: %s"
                    .formatted(types.size(), String.join(" and ", types)));
        }
    }

    /** The answer is JSON in UTF-8, whatever charset the Accept header names. */
    private static void setContentType(HandlerMethod method, HttpServletResponse response) {
        if (method.hasMethodAnnotation(ResponseBody.class)
                || AnnotatedElementUtils.hasAnnotation(method.getBeanType(), ResponseBody.class)) {
            response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        }
    }
}
