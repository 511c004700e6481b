package dev.bes.orchestrator.web.problem;

import dev.bes.orchestrator.definition.template.InvalidParametersException;
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
import tools.jackson.core.JsonPointer;

/** Explains mistakes in the method, the media types and the parameters of a request. */
final class RequestMistake {
    private static final JsonPointer PARAMETERS = JsonPointer.empty().appendProperty("parameters");

    private RequestMistake() {}

    static ProblemDetail problem(UnknownParameterException unknown) {
        ProblemDetail problem = ProblemKind.UNKNOWN_PARAMETER.detail(String.valueOf(unknown.getMessage()));
        problem.setProperty("parameter", unknown.name());
        problem.setProperty("known", unknown.known());
        return problem;
    }

    /** One pointer for each mistake, as in RFC 9457, section 3. */
    static ProblemDetail problem(InvalidParametersException invalid) {
        ProblemDetail problem = ProblemKind.INVALID_PARAMETER.detail(String.valueOf(invalid.getMessage()));
        problem.setProperty(
                "errors",
                invalid.violations().stream()
                        .map(one -> PointedMistake.at(PARAMETERS.appendProperty(one.parameter()), one.message()))
                        .toList());
        return problem;
    }

    static ProblemDetail problem(HttpRequestMethodNotSupportedException method) {
        String[] supported = method.getSupportedMethods();
        return ProblemKind.METHOD_NOT_ALLOWED.detail("This address does not support %s%s"
                .formatted(
                        method.getMethod(), supported == null ? "" : "; it supports " + String.join(", ", supported)));
    }

    static ProblemDetail problem(HttpMediaTypeNotSupportedException type) {
        MediaType sent = type.getContentType();
        return ProblemKind.UNSUPPORTED_TYPE.detail("The body is %s; this address accepts %s. Nothing was done"
                .formatted(sent == null ? "of no valid media type" : sent, types(type.getSupportedMediaTypes())));
    }

    static ProblemDetail problem(HttpMediaTypeNotAcceptableException accept) {
        List<MediaType> supported = accept.getSupportedMediaTypes();
        return ProblemKind.NOT_ACCEPTABLE.detail(
                supported.isEmpty()
                        ? "The Accept header is invalid. Nothing was done"
                        : "The answer is %s, which the Accept header excludes. Nothing was done"
                                .formatted(types(supported)));
    }

    static ProblemDetail problem(InvalidParameterException parameters) {
        return parameters.getErrorCode() == HttpStatus.CONTENT_TOO_LARGE.value()
                ? ProblemKind.TOO_LARGE.detail(
                        "The form is larger than the limit set by server.tomcat.max-http-form-post-size")
                : ProblemKind.BAD_REQUEST.detail("The parameters of the request can't be read. Each must be in UTF-8,"
                        + " percent-encoded; server.tomcat.max-parameter-count limits their number");
    }

    private static String types(List<MediaType> types) {
        return types.isEmpty()
                ? "no body"
                : types.stream().map(MediaType::toString).distinct().collect(Collectors.joining(" or "));
    }
}
