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
 * Stands in front of every handler, so that nothing is written for a request that is understood by halves. Methods, the
 * Accept header and the content type are judged before it, by what each mapping says that it produces and consumes.
 */
public final class RequestPrecheck implements HandlerInterceptor {
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod method && request.getDispatcherType() == DispatcherType.REQUEST) {
            MultiValueMap<String, String> query = query(request);
            if (SAFE.contains(request.getMethod())) {
                checkOnce(query);
            } else {
                checkNone(query);
                checkCoding(request);
                checkContentType(request);
                settleAnswer(method, response);
            }
        }
        return true;
    }

    /** Not from {@code getParameterMap()}, which reads the body too. */
    private static MultiValueMap<String, String> query(HttpServletRequest request) {
        return UriComponentsBuilder.newInstance()
                .query(request.getQueryString())
                .build()
                .getQueryParams();
    }

    private static void checkOnce(MultiValueMap<String, String> query) {
        query.forEach((name, values) -> {
            if (values.size() > 1) {
                throw ProblemException.badRequest(
                        "'%s' was given %d times; give it once".formatted(name, values.size()));
            }
        });
    }

    /** Whoever writes {@code ?dryRun=true} means something by it. */
    private static void checkNone(MultiValueMap<String, String> query) {
        if (!query.isEmpty()) {
            throw ProblemException.badRequest(
                    "A request that changes something takes nothing from its address, but there is '"
                            + query.keySet().iterator().next() + "'; put it into the body. Nothing was done");
        }
    }

    private static void checkCoding(HttpServletRequest request) {
        for (String coding : Collections.list(request.getHeaders(HttpHeaders.CONTENT_ENCODING))) {
            if (!coding.strip().toLowerCase(Locale.ROOT).equals("identity")) {
                throw new ProblemException(
                        ProblemKind.UNSUPPORTED_TYPE,
                        "The body is in Content-Encoding '%s'; send it as it is. Nothing was done".formatted(coding));
            }
        }
    }

    private static void checkContentType(HttpServletRequest request) {
        List<String> types = Collections.list(request.getHeaders(HttpHeaders.CONTENT_TYPE));
        if (types.stream().distinct().count() > 1) {
            throw ProblemException.badRequest("There are %d different Content-Type headers: %s"
                    .formatted(types.size(), String.join(" and ", types)));
        }
    }

    /** Whatever an Accept header says of charsets: what the mapping produces is what is sent, in UTF-8. */
    private static void settleAnswer(HandlerMethod method, HttpServletResponse response) {
        if (method.hasMethodAnnotation(ResponseBody.class)
                || AnnotatedElementUtils.hasAnnotation(method.getBeanType(), ResponseBody.class)) {
            response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        }
    }
}
