package dev.bes.orchestrator.web.problem;

import java.net.URI;
import java.util.Locale;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;

/** The problems that a caller of the API can meet. Source of the format: RFC 9457. */
public enum ProblemKind {
    /** The request itself is not understood. */
    BAD_REQUEST(HttpStatus.BAD_REQUEST, "Request not understood", "Change what the detail names."),
    /** The body is no JSON, or not the JSON that is expected. */
    MALFORMED_JSON(
            HttpStatus.BAD_REQUEST,
            "JSON not understood",
            "The detail says what is wrong at which line and column; both are also given as numbers."),
    /** The idempotency key is no key, or there are two. */
    BAD_KEY(
            HttpStatus.BAD_REQUEST,
            "Unusable idempotency key",
            "Send one key of 1 to 200 visible ASCII characters, none of them a comma or a double quote. Quotes around it do not"
                    + " belong to it."),
    /** The method is not for this address. */
    METHOD_NOT_ALLOWED(
            HttpStatus.METHOD_NOT_ALLOWED, "Method not allowed", "Use a method that the header Allow names."),
    /** The caller takes no answer that there is. */
    NOT_ACCEPTABLE(
            HttpStatus.NOT_ACCEPTABLE,
            "No such form of answer",
            "Send an Accept header that takes application/json, or */*, or none at all. Nothing was done."),
    /** The body is of a type, a charset or a coding that is not read. */
    UNSUPPORTED_TYPE(
            HttpStatus.UNSUPPORTED_MEDIA_TYPE,
            "No such form of request",
            "Send JSON in UTF-8, or a form as multipart/form-data where there are files. Nothing was done."),
    /** Something is larger than it may be. */
    TOO_LARGE(
            HttpStatus.CONTENT_TOO_LARGE,
            "Request too large",
            "The detail names the limit that was met, and its setting if it has one."),
    /** A page of another site sent the request. */
    CROSS_SITE(
            HttpStatus.FORBIDDEN,
            "Request from another site",
            "Send it from a page of this service or from a program that is no browser."),
    /** The request names another host than this service. */
    MISDIRECTED(
            HttpStatus.MISDIRECTED_REQUEST,
            "Request for another host",
            "Call by localhost or a loopback address, or add the host to orchestrator.web.hosts: only names that belong to this"
                    + " service may stand there."),
    /** Nothing is served there. */
    UNKNOWN_ADDRESS(
            HttpStatus.NOT_FOUND, "No such address", "Look at the address again; the pages and /api/runs lead on."),
    /** The range of a download lies outside of the file. */
    UNSATISFIABLE_RANGE(
            HttpStatus.REQUESTED_RANGE_NOT_SATISFIABLE,
            "Range outside of the file",
            "Ask for a range within the size that Content-Range names, or without Range for the whole file."),
    /** No such definition. */
    UNKNOWN_DEFINITION(
            HttpStatus.NOT_FOUND, "Unknown definition", "Use one of the names in the detail, or of /api/definitions."),
    /** No such run or scoring. */
    UNKNOWN_RUN(HttpStatus.NOT_FOUND, "Unknown run", "Look for the run in /api/runs."),
    /** No such output, or it is not home. */
    UNKNOWN_OUTPUT(
            HttpStatus.NOT_FOUND,
            "No such output",
            "Outputs exist once their scoring is Finished; a delivered file may also have been taken away since."),
    /** The run is over. */
    ALREADY_ENDED(HttpStatus.CONFLICT, "Run has ended", "Nothing is left to cancel."),
    /** Nothing is to be resumed. */
    NOT_PARKED(
            HttpStatus.CONFLICT,
            "Nothing to resume",
            "Only a scoring that needs attention can be resumed; everything else goes on by itself or has ended."),
    /** An input is left without its file, or a file without its input. */
    NO_INPUT(
            HttpStatus.UNPROCESSABLE_CONTENT,
            "Inputs and files do not match",
            "Send one file for each input, in a part named like the input; an input with a 'from' may go without."),
    /** A template of the definition needs a parameter. */
    MISSING_PARAMETER(
            HttpStatus.UNPROCESSABLE_CONTENT,
            "Parameter missing",
            "Send the parameter that the detail names, or give the template a default."),
    /** No template of the definition uses a parameter. */
    UNKNOWN_PARAMETER(
            HttpStatus.UNPROCESSABLE_CONTENT,
            "Unknown parameter",
            "Send only the parameters that the definition uses; the detail names them, as does /api/definitions."),
    /** The key belongs to another request. */
    KEY_REUSED(
            HttpStatus.UNPROCESSABLE_CONTENT,
            "Idempotency key used before",
            "A key stands for one request for ever; take a new one for a new request."),
    /** So much is unended that nothing more is accepted. */
    TOO_MUCH_UNENDED(
            HttpStatus.SERVICE_UNAVAILABLE,
            "Too much is waiting to be scored",
            "Repeat the request, with the same idempotency key, after the seconds in Retry-After; it is accepted when some"
                    + " of what waits has ended."),
    /** As many requests are worked on as may be. */
    TOO_MANY_AT_ONCE(
            HttpStatus.SERVICE_UNAVAILABLE,
            "Too many requests at once",
            "Repeat the request, with the same idempotency key, after the seconds in Retry-After."),
    /** The database can't be reached, or the disk takes nothing. */
    UNAVAILABLE(
            HttpStatus.SERVICE_UNAVAILABLE,
            "Service not available",
            "Repeat the request, with the same idempotency key, after the seconds in Retry-After."),
    /** Our own mistake. */
    INTERNAL(
            HttpStatus.INTERNAL_SERVER_ERROR,
            "Internal error",
            "The log of the service holds the reason under the id in the detail.");

    private final HttpStatus status;
    private final String title;
    private final String advice;

    ProblemKind(HttpStatus status, String title, String advice) {
        this.status = status;
        this.title = title;
        this.advice = advice;
    }

    /** The status that it is sent with. */
    public HttpStatus status() {
        return status;
    }

    /** What it is, in a few words. */
    public String title() {
        return title;
    }

    /** What to do about it. */
    public String advice() {
        return advice;
    }

    /** Its name in addresses. */
    public String slug() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The problem as it is sent. */
    public ProblemDetail detail(String detail) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setType(URI.create("/docs/problems#" + slug()));
        problem.setTitle(title);
        return problem;
    }
}
