package dev.bes.orchestrator.web.problem;

import java.net.URI;
import java.util.Locale;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;

/** The problem types of the API. Source of the format: RFC 9457. */
public enum ProblemKind {
    /** The request itself is not understood. */
    BAD_REQUEST(HttpStatus.BAD_REQUEST, "Request not understood", "Correct what the detail names."),
    /** The body is not JSON, or not the expected JSON. */
    MALFORMED_JSON(
            HttpStatus.BAD_REQUEST,
            "JSON not understood",
            "The detail says what is wrong at which line and column; both are also given as numbers."),
    /** The idempotency key is invalid, or there are two. */
    BAD_KEY(
            HttpStatus.BAD_REQUEST,
            "Unusable idempotency key",
            "Send one key of 1 to 200 visible ASCII characters, without commas and double quotes. Double quotes around"
                    + " the key are not part of it."),
    /** The address does not support the method. */
    METHOD_NOT_ALLOWED(
            HttpStatus.METHOD_NOT_ALLOWED, "Method not allowed", "Use one of the methods in the header Allow."),
    /** The caller accepts none of the available media types. */
    NOT_ACCEPTABLE(
            HttpStatus.NOT_ACCEPTABLE,
            "Not acceptable",
            "Accept application/json or */*, or leave the Accept header out. Nothing was done."),
    /** The media type, the charset or the content coding of the body is not supported. */
    UNSUPPORTED_TYPE(
            HttpStatus.UNSUPPORTED_MEDIA_TYPE,
            "Unsupported media type",
            "Send JSON in UTF-8, or multipart/form-data if the request has files. Nothing was done."),
    /** A part of the request exceeds a limit. */
    TOO_LARGE(
            HttpStatus.CONTENT_TOO_LARGE,
            "Request too large",
            "The detail names the limit, and the setting that changes it if there is one."),
    /** The caller has not signed in. */
    UNAUTHORIZED(
            HttpStatus.UNAUTHORIZED,
            "Not signed in",
            "Sign in on the page, or send an API key or a token in the header Authorization."),
    /** The caller's role does not allow it. */
    FORBIDDEN(
            HttpStatus.FORBIDDEN,
            "Not allowed",
            "Ask an administrator for the role that the detail names. Nothing was done."),
    /** A form without the token of the browser, or with an old one. */
    CSRF_TOKEN(
            HttpStatus.FORBIDDEN,
            "Form out of date",
            "Load the page again and repeat what you did. A program sends an API key or a token instead."),
    /** A page of another site sent the request. */
    CROSS_SITE(
            HttpStatus.FORBIDDEN,
            "Request from another site",
            "Send the request from a page of this service, or from a program other than a browser."),
    /** The request names another host than this service. */
    MISDIRECTED(
            HttpStatus.MISDIRECTED_REQUEST,
            "Request for another host",
            "Use localhost or a loopback address, or add the host to orchestrator.web.hosts. Add only hosts that"
                    + " belong to this service."),
    /** A trusted proxy says of the caller what can't be true, or what is not understood. */
    BAD_FORWARDING(
            HttpStatus.BAD_REQUEST,
            "Proxy not understood",
            "Correct the proxy: it sets Forwarded or X-Forwarded-*, not both, and removes what callers sent of them."),
    /** No page or resource has this address. */
    UNKNOWN_ADDRESS(
            HttpStatus.NOT_FOUND,
            "No such address",
            "Check the address. The pages and /api/v1/runs link to all others."),
    /** The range of a download lies outside of the file. */
    UNSATISFIABLE_RANGE(
            HttpStatus.REQUESTED_RANGE_NOT_SATISFIABLE,
            "Range outside of the file",
            "Request a range within the size in Content-Range, or leave out Range to fetch the whole file."),
    /** No definition has this name. */
    UNKNOWN_DEFINITION(
            HttpStatus.NOT_FOUND,
            "Unknown definition",
            "Use one of the names in the detail or in /api/v1/definitions."),
    /** The definition has no schedule of this name. */
    UNKNOWN_SCHEDULE(HttpStatus.NOT_FOUND, "Unknown schedule", "Use one of the names in /api/v1/schedules."),
    /** No backfill has this number. */
    UNKNOWN_BACKFILL(HttpStatus.NOT_FOUND, "Unknown backfill", "Look for it in /api/v1/backfills."),
    /** The backfill does not stand so that it can be changed like this. */
    WRONG_STATE(
            HttpStatus.CONFLICT,
            "Not possible now",
            "Read the backfill again: its links name what can be done with it."),
    /** The text is no valid definition. */
    INVALID_DEFINITION(
            HttpStatus.UNPROCESSABLE_CONTENT,
            "Not a valid definition",
            "Correct what the detail names. /api/v1/definitions/validate gives each finding with line and column."),
    /** Somebody has changed the resource since the caller read it. */
    CHANGED_MEANWHILE(
            HttpStatus.PRECONDITION_FAILED,
            "Changed meanwhile",
            "Read it again, and send the new ETag in If-Match if you still want the change."),
    /** No run or scoring has this number. */
    UNKNOWN_RUN(HttpStatus.NOT_FOUND, "Unknown run", "Look for the run in /api/v1/runs."),
    /** The output does not exist, or is not delivered yet. */
    UNKNOWN_OUTPUT(
            HttpStatus.NOT_FOUND,
            "No such output",
            "Outputs exist as soon as their scoring is Finished. A delivered file may have been removed since."),
    /** The run has ended. */
    ALREADY_ENDED(HttpStatus.CONFLICT, "Run has ended", "An ended run can't be cancelled."),
    /** The run is live, and what is asked for needs an ended one. */
    NOT_ENDED(HttpStatus.CONFLICT, "Run has not ended", "Wait for the end of the run, or cancel it."),
    /** The run has nothing to repeat, or one of its files is gone. */
    NOT_REPEATABLE(
            HttpStatus.UNPROCESSABLE_CONTENT,
            "Run can't be repeated",
            "The detail says what is missing. Send a new request with the files instead."),
    /** The scoring does not need attention. */
    NOT_RESUMABLE(
            HttpStatus.CONFLICT,
            "Scoring can't be resumed",
            "Only a scoring that needs attention can be resumed. All others continue by themselves or have ended."),
    /** No file has this number. */
    UNKNOWN_FILE(HttpStatus.NOT_FOUND, "Unknown file", "Look for the file in /api/v1/files."),
    /** The file is not in quarantine. */
    NOT_QUARANTINED(
            HttpStatus.CONFLICT,
            "File can't be put back",
            "Only a file in quarantine can be put back. The detail says where it is."),
    /** No pool has this name. */
    UNKNOWN_POOL(HttpStatus.NOT_FOUND, "Unknown pool", "Use one of the names in /api/v1/pools."),
    /** The limits of a pool are not what they may be. */
    INVALID_POOL(HttpStatus.UNPROCESSABLE_CONTENT, "Invalid pool", "Correct what the detail names."),
    /** Unfinished scorings need the pool. */
    POOL_IN_USE(
            HttpStatus.CONFLICT,
            "Pool in use",
            "Wait until its scorings have ended, or cancel their runs. With 0 slots it lets no more start."),
    /** An input has no file, or a file has no input. */
    NO_INPUT(
            HttpStatus.UNPROCESSABLE_CONTENT,
            "Inputs and files do not match",
            "Send one file for each input, in a part with the name of the input. An input with a 'from' needs no"
                    + " file."),
    /** A template of the definition needs a parameter that the request does not have. */
    MISSING_PARAMETER(
            HttpStatus.UNPROCESSABLE_CONTENT,
            "Missing parameter",
            "Send the parameter that the detail names, or give the template of the definition a default."),
    /** The request has a parameter that no template of the definition uses. */
    UNKNOWN_PARAMETER(
            HttpStatus.UNPROCESSABLE_CONTENT,
            "Unknown parameter",
            "Send only parameters that the definition uses. The detail and /api/v1/definitions list them."),
    /** Parameters do not fit the schema of the definition. */
    INVALID_PARAMETER(
            HttpStatus.UNPROCESSABLE_CONTENT,
            "Invalid parameter",
            "Correct the parameters that 'errors' names. /api/v1/definitions says what each may be."),
    /** The service may not call the address that a request names. */
    CALLBACK_REFUSED(
            HttpStatus.UNPROCESSABLE_CONTENT,
            "Callback refused",
            "Correct the address, or let an administrator list its host in orchestrator.callbacks.allow."),
    /** No callback has this number. */
    UNKNOWN_CALLBACK(HttpStatus.NOT_FOUND, "Unknown callback", "Look for the callback in /api/v1/callbacks."),
    /** Rows of an input in JSON can't be a CSV. */
    INVALID_ROWS(
            HttpStatus.UNPROCESSABLE_CONTENT,
            "Invalid rows",
            "Correct the rows that 'errors' points at. Every row has a value for every column."),
    /** The idempotency key belongs to another request. */
    KEY_REUSED(
            HttpStatus.UNPROCESSABLE_CONTENT,
            "Idempotency key reused",
            "A key always belongs to one request. Use a new key for a new request."),
    /** The idempotency key has made a user or a key, whose secret was shown then. */
    MADE_BEFORE(
            HttpStatus.CONFLICT,
            "Made before",
            "The detail says where it is. If its secret was lost, revoke the key or reset the password, and use a new"
                    + " idempotency key."),
    /** No user has this name. */
    UNKNOWN_USER(HttpStatus.NOT_FOUND, "Unknown user", "Look for the user in /api/v1/users."),
    /** The caller has no key with this id. */
    UNKNOWN_KEY(HttpStatus.NOT_FOUND, "Unknown key", "Look for the key in /api/v1/keys."),
    /** Another user has the name. */
    NAME_TAKEN(HttpStatus.CONFLICT, "Name taken", "Choose another name."),
    /** No user would be left who may change users. */
    LAST_ADMINISTRATOR(
            HttpStatus.CONFLICT, "Last administrator", "Give another user the role admin on everything first."),
    /** The user, or the caller, has no account of the kind that this needs. */
    WRONG_ACCOUNT(HttpStatus.CONFLICT, "Not possible for this account", "The detail says what the account lacks."),
    /** A name, a grant, a password or an expiry breaks a rule. */
    INVALID_ACCOUNT(
            HttpStatus.UNPROCESSABLE_CONTENT,
            "Not allowed for users and keys",
            "Correct what the detail names. Nothing was done."),
    /** The limit of unfinished scorings is reached. */
    QUEUE_FULL(
            HttpStatus.SERVICE_UNAVAILABLE,
            "Queue full",
            "Repeat the request, with the same idempotency key, after the seconds in Retry-After. It is accepted when"
                    + " enough scorings have ended."),
    /** The limit of concurrent requests is reached. */
    CONCURRENCY_LIMIT(
            HttpStatus.SERVICE_UNAVAILABLE,
            "Too many concurrent requests",
            "Repeat the request, with the same idempotency key, after the seconds in Retry-After."),
    /** The database or a folder is not available. */
    UNAVAILABLE(
            HttpStatus.SERVICE_UNAVAILABLE,
            "Service not available",
            "Repeat the request, with the same idempotency key, after the seconds in Retry-After."),
    /** An unexpected failure of the service. */
    INTERNAL(
            HttpStatus.INTERNAL_SERVER_ERROR,
            "Internal error",
            "Search the log of the service for the id in the detail.");

    private static final URI NO_TYPE = URI.create("about:blank");

    private final HttpStatus status;
    private final String title;
    private final String advice;

    ProblemKind(HttpStatus status, String title, String advice) {
        this.status = status;
        this.title = title;
        this.advice = advice;
    }

    /** The status of the answer. */
    public HttpStatus status() {
        return status;
    }

    /** A short summary. */
    public String title() {
        return title;
    }

    /** What the caller can do. */
    public String advice() {
        return advice;
    }

    /** The name in addresses: lower case, with hyphens. */
    public String slug() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The kind of a failure of which no more is known than its status. */
    private static ProblemKind of(int status) {
        return switch (status) {
            case 401 -> UNAUTHORIZED;
            case 403 -> FORBIDDEN;
            case 404 -> UNKNOWN_ADDRESS;
            case 405 -> METHOD_NOT_ALLOWED;
            case 406 -> NOT_ACCEPTABLE;
            case 413, 414, 431 -> TOO_LARGE;
            case 415 -> UNSUPPORTED_TYPE;
            case 416 -> UNSATISFIABLE_RANGE;
            case 503 -> UNAVAILABLE;
            default -> status >= 500 ? INTERNAL : BAD_REQUEST;
        };
    }

    /** Gives a problem that names no type the type that goes with its status. */
    static ProblemDetail typed(ProblemDetail problem) {
        URI type = problem.getType();
        if (type == null || type.equals(NO_TYPE)) {
            ProblemKind kind = of(problem.getStatus());
            problem.setType(URI.create(Address.of("/docs/problems#" + kind.slug())));
            problem.setTitle(kind.title);
        }
        return problem;
    }

    /** Creates a problem of this type. */
    public ProblemDetail detail(String detail) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setType(URI.create(Address.of("/docs/problems#" + slug())));
        problem.setTitle(title);
        return problem;
    }
}
