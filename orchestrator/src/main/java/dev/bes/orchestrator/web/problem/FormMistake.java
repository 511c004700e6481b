package dev.bes.orchestrator.web.problem;

import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.tomcat.util.http.fileupload.FileUploadException;
import org.apache.tomcat.util.http.fileupload.impl.FileCountLimitExceededException;
import org.apache.tomcat.util.http.fileupload.impl.FileSizeLimitExceededException;
import org.apache.tomcat.util.http.fileupload.impl.SizeLimitExceededException;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;
import org.springframework.web.multipart.MultipartException;

/** Explains why a form could not be read. Names the limit and its setting if one was exceeded. */
@Component
final class FormMistake {
    private final DataSize fields;
    private final DataSize partHeaders;

    FormMistake(
            @Value("${server.tomcat.max-http-form-post-size}") DataSize fields,
            @Value("${server.tomcat.max-part-header-size}") DataSize partHeaders) {
        this.fields = fields;
        this.partHeaders = partHeaders;
    }

    ProblemDetail problem(MultipartException e) {
        return Stream.<Throwable>iterate(e, Objects::nonNull, Throwable::getCause)
                .flatMap(cause -> known(cause).stream())
                .findFirst()
                .orElseGet(() -> ProblemKind.BAD_REQUEST.detail(
                        "The form can't be read to its end: it is incomplete or invalid"));
    }

    private Optional<ProblemDetail> known(Throwable cause) {
        return Optional.ofNullable(
                switch (cause) {
                    case FileCountLimitExceededException count ->
                        limit(
                                "The form has more than %,d parts".formatted(count.getLimit()),
                                "server.tomcat.max-part-count");
                    case FileSizeLimitExceededException file ->
                        limit(
                                "The file of part '%s' has more than %,d bytes"
                                        .formatted(file.getFieldName(), file.getPermittedSize()),
                                "spring.servlet.multipart.max-file-size");
                    case SizeLimitExceededException head
                    when head.getPermittedSize() == partHeaders.toBytes() ->
                        limit(
                                "The headers of a part have more than %,d bytes".formatted(head.getPermittedSize()),
                                "server.tomcat.max-part-header-size");
                    case SizeLimitExceededException form ->
                        limit(
                                "The form has %,d bytes; at most %,d are allowed"
                                        .formatted(form.getActualSize(), form.getPermittedSize()),
                                "spring.servlet.multipart.max-request-size");
                    case FileUploadException other
                    when String.valueOf(other.getMessage()).contains("boundary") ->
                        ProblemKind.BAD_REQUEST.detail("The Content-Type of the form has no valid boundary");
                    // Tomcat has no specific exception for it
                    case IllegalStateException own
                    when own.getCause() == null ->
                        limit(
                                "The parts without a file name have more than %,d bytes in total"
                                        .formatted(fields.toBytes()),
                                "server.tomcat.max-http-form-post-size");
                    default -> null;
                });
    }

    private static ProblemDetail limit(String what, String setting) {
        return ProblemKind.TOO_LARGE.detail(what + ", the limit set by " + setting);
    }
}
