package dev.bes.orchestrator.web.problem;

import dev.bes.orchestrator.definition.template.UnknownParameterException;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;

/** Says in plain words what of a request is not understood before its body is looked at. */
final class RequestMistake {
    private RequestMistake() {}

    static ProblemDetail problem(UnknownParameterException unknown) {
        ProblemDetail problem = ProblemKind.UNKNOWN_PARAMETER.detail(String.valueOf(unknown.getMessage()));
        problem.setProperty("parameter", unknown.name());
        problem.setProperty("known", unknown.known());
        return problem;
    }

    static ProblemDetail problem(HttpRequestMethodNotSupportedException method) {
        String[] supported = method.getSupportedMethods();
        return ProblemKind.METHOD_NOT_ALLOWED.detail("%s is not for this address%s"
                .formatted(method.getMethod(), supported == null ? "" : "; it takes " + String.join(", ", supported)));
    }

    static ProblemDetail problem(HttpMediaTypeNotSupportedException type) {
        MediaType sent = type.getContentType();
        return ProblemKind.UNSUPPORTED_TYPE.detail("The body is %s; this address takes %s. Nothing was done"
                .formatted(sent == null ? "of no type that can be read" : sent, types(type.getSupportedMediaTypes())));
    }

    static ProblemDetail problem(HttpMediaTypeNotAcceptableException accept) {
        List<MediaType> supported = accept.getSupportedMediaTypes();
        return ProblemKind.NOT_ACCEPTABLE.detail(
                supported.isEmpty()
                        ? "The Accept header can't be read. Nothing was done"
                        : "The answer is %s, which the Accept header does not take. Nothing was done"
                                .formatted(types(supported)));
    }

    static ProblemDetail problem(InvalidParameterException parameters) {
        return parameters.getErrorCode() == HttpStatus.CONTENT_TOO_LARGE.value()
                ? ProblemKind.TOO_LARGE.detail(
                        "The form is larger than the limit set by server.tomcat.max-http-form-post-size")
                : ProblemKind.BAD_REQUEST.detail("The parameters of the request can't be read: each is to be in UTF-8,"
                        + " percent-encoded, and there may be no more than server.tomcat.max-parameter-count allows");
    }

    private static String types(List<MediaType> types) {
        return types.isEmpty()
                ? "no body"
                : types.stream().map(MediaType::toString).distinct().collect(Collectors.joining(" or "));
    }
}
