package dev.bes.orchestrator.web.problem;

import dev.bes.orchestrator.account.AccountRefusedException;
import dev.bes.orchestrator.callback.CallbackRefusedException;
import dev.bes.orchestrator.database.DatabaseFailure;
import dev.bes.orchestrator.definition.template.InvalidParametersException;
import dev.bes.orchestrator.definition.template.TemplateException;
import dev.bes.orchestrator.definition.template.UnknownParameterException;
import dev.bes.orchestrator.node.folder.FolderUnavailableException;
import dev.bes.orchestrator.remote.RemoteException;
import dev.bes.orchestrator.run.acceptance.ParametersTooLargeException;
import dev.bes.orchestrator.trigger.RunRefusedException;
import dev.bes.orchestrator.trigger.backfill.TooManyTimesException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.Objects;
import java.util.UUID;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** Answers every failed request: with a page for browsers, with a problem for programs. Internals stay in the log. */
@ControllerAdvice
final class ErrorHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ErrorHandler.class);

    private final FormMistake formMistake;
    private final RefusalCounter refusals;

    ErrorHandler(FormMistake formMistake, RefusalCounter refusals) {
        this.formMistake = formMistake;
        this.refusals = refusals;
    }

    @ExceptionHandler
    @Nullable
    Object answer(Exception e, HttpServletRequest request, HttpServletResponse response) {
        if (response.isCommitted()) {
            LOG.debug("The client closed the connection during the answer", e);
            return null;
        }
        ProblemDetail problem = ProblemKind.typed(problem(e, request));
        refusals.count(problem);
        ProblemAnswer.complete(problem, request);
        HttpHeaders headers =
                new HttpHeaders(e instanceof ErrorResponse known ? known.getHeaders() : new HttpHeaders());
        ProblemAnswer.retryAfter(problem).ifPresent(seconds -> headers.set(HttpHeaders.RETRY_AFTER, seconds));
        return wantsPage(request) ? page(problem, headers, response) : json(problem, headers);
    }

    ProblemDetail problem(Exception e, HttpServletRequest request) {
        return switch (e) {
            case ProblemException problemException -> problemException.problem();
            case RunRefusedException refused -> kind(refused).detail(message(e));
            case CallbackRefusedException _ -> ProblemKind.CALLBACK_REFUSED.detail(message(e));
            case AccountRefusedException refused -> kind(refused).detail(message(e));
            case TemplateException _ -> ProblemKind.MISSING_PARAMETER.detail(message(e));
            case UnknownParameterException unknown -> RequestMistake.problem(unknown);
            case InvalidParametersException invalid -> RequestMistake.problem(invalid);
            case ParametersTooLargeException _ -> ProblemKind.TOO_LARGE.detail(message(e));
            case TooManyTimesException _ -> ProblemKind.TOO_LARGE.detail(message(e));
            case RemoteException _ -> unavailable("The blob store can't be used", e, request);
            case FolderUnavailableException _ -> ProblemKind.UNAVAILABLE.detail(message(e));
            case HttpMessageNotReadableException unreadable -> JsonMistake.problem(unreadable);
            case TypeMismatchException mismatch ->
                ProblemKind.BAD_REQUEST.detail((mismatch.getRequiredType() == Boolean.class
                                ? "'%s' is 'true' or 'false', or left out"
                                : "'%s' is not a number, or the number is too large")
                        .formatted(mismatch.getPropertyName()));
            case MultipartException form
            when UploadFailure.isOurs(form) -> unavailable("The service can't read or write its files", e, request);
            case MultipartException form -> formMistake.problem(form);
            case InvalidParameterException parameters -> RequestMistake.problem(parameters);
            case HttpRequestMethodNotSupportedException method -> RequestMistake.problem(method);
            case HttpMediaTypeNotSupportedException type -> RequestMistake.problem(type);
            case HttpMediaTypeNotAcceptableException accept -> RequestMistake.problem(accept);
            case NoResourceFoundException _ -> UnknownAddress.problem(request);
            case ErrorResponse known -> known.getBody();
            case Exception _ when DatabaseFailure.of(e) != null -> databaseUnavailable(e, request);
            case UncheckedIOException _ -> unavailable("The service can't read or write its files", e, request);
            default -> internal(e, request);
        };
    }

    private static ProblemKind kind(RunRefusedException refused) {
        return switch (refused) {
            case RunRefusedException.UnknownDefinition _ -> ProblemKind.UNKNOWN_DEFINITION;
            case RunRefusedException.NoInput _ -> ProblemKind.NO_INPUT;
            case RunRefusedException.KeyReused _ -> ProblemKind.KEY_REUSED;
            case RunRefusedException.NotRepeatable _ -> ProblemKind.NOT_REPEATABLE;
            case RunRefusedException.QueueFull _ -> ProblemKind.QUEUE_FULL;
        };
    }

    private static ProblemKind kind(AccountRefusedException refused) {
        return switch (refused.reason()) {
            case UNKNOWN_USER -> ProblemKind.UNKNOWN_USER;
            case UNKNOWN_KEY -> ProblemKind.UNKNOWN_KEY;
            case NAME_TAKEN -> ProblemKind.NAME_TAKEN;
            case LAST_ADMINISTRATOR -> ProblemKind.LAST_ADMINISTRATOR;
            case EXTERNAL_USER, NO_LOCAL_USERS, NO_ACCOUNT -> ProblemKind.WRONG_ACCOUNT;
            case MADE_BEFORE -> ProblemKind.MADE_BEFORE;
            case KEY_REUSED -> ProblemKind.KEY_REUSED;
            case BAD_NAME, BAD_GRANT, BAD_EXPIRY, WEAK_PASSWORD, WRONG_PASSWORD -> ProblemKind.INVALID_ACCOUNT;
        };
    }

    /** Outages are logged by the database package, which knows when they end. */
    static ProblemDetail databaseUnavailable(Exception e, HttpServletRequest request) {
        DatabaseFailure failure = Objects.requireNonNull(DatabaseFailure.of(e));
        if (!failure.isOutage() && failure != DatabaseFailure.CROWDED) {
            return unavailable(failure.sentence(), e, request);
        }
        LOG.debug("{} {}: {}", request.getMethod(), request.getRequestURI(), failure.text(), e);
        return unavailable(failure.sentence());
    }

    private static ProblemDetail unavailable(String what, Exception e, HttpServletRequest request) {
        LOG.warn(
                "{} {}: {}: {}",
                request.getMethod(),
                request.getRequestURI(),
                what,
                NestedExceptionUtils.getMostSpecificCause(e).toString());
        return unavailable(what);
    }

    private static ProblemDetail unavailable(String what) {
        return ProblemKind.UNAVAILABLE.detail(
                what + " at the moment. It is safe to repeat the request with the same idempotency key");
    }

    private static ProblemDetail internal(Exception e, HttpServletRequest request) {
        String id = UUID.randomUUID().toString();
        LOG.error("{} {} failed; the answer has the id {}", request.getMethod(), request.getRequestURI(), id, e);
        ProblemDetail problem =
                ProblemKind.INTERNAL.detail("The service failed unexpectedly. Its log has the reason under id " + id);
        problem.setProperty("id", id);
        return problem;
    }

    private static String message(Exception e) {
        return String.valueOf(e.getMessage());
    }

    static boolean wantsPage(HttpServletRequest request) {
        return !request.getRequestURI().startsWith(request.getContextPath() + "/api/") && takesPages(request);
    }

    /** An invalid Accept header accepts no page. */
    private static boolean takesPages(HttpServletRequest request) {
        try {
            return MediaType.parseMediaTypes(Collections.list(request.getHeaders(HttpHeaders.ACCEPT))).stream()
                    .anyMatch(type -> type.equalsTypeAndSubtype(MediaType.TEXT_HTML));
        } catch (InvalidMediaTypeException _) {
            return false;
        }
    }

    private static ModelAndView page(ProblemDetail problem, HttpHeaders headers, HttpServletResponse response) {
        headers.forEach((name, values) -> values.forEach(value -> response.addHeader(name, value)));
        ModelAndView page = new ModelAndView("error", ProblemAnswer.model(problem));
        page.setStatus(HttpStatusCode.valueOf(problem.getStatus()));
        return page;
    }

    private static ResponseEntity<ProblemDetail> json(ProblemDetail problem, HttpHeaders headers) {
        return ResponseEntity.status(problem.getStatus())
                .headers(headers)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem);
    }
}
