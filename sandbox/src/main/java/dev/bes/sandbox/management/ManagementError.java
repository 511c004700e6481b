package dev.bes.sandbox.management;

import java.util.List;

/**
 * Refuses what was asked of management, in the words of API Management's REST API. Sources: {@code ErrorResponse} of its
 * specification, and answers that public issues of its clients quote.
 */
public final class ManagementError extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final transient List<Detail> details;

    /**
     * Creates an error.
     *
     * @param status the HTTP status
     * @param code the code of the error, as {@code ResourceNotFound}
     * @param details the fields that are wrong; empty when no field is
     */
    public ManagementError(int status, String code, String message, List<Detail> details) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
        this.details = List.copyOf(details);
    }

    /**
     * A field that is wrong.
     *
     * @param target the name of the field
     */
    public record Detail(String target, String message) {}

    /** 404: what the address names does not exist. */
    public static ManagementError notFound(String message) {
        return new ManagementError(404, "ResourceNotFound", message, List.of());
    }

    /** 400: one field is wrong. */
    public static ManagementError invalid(String target, String message) {
        return invalid(List.of(new Detail(target, message)));
    }

    /** 400: some fields are wrong. */
    public static ManagementError invalid(List<Detail> details) {
        return new ManagementError(400, "ValidationError", "One or more fields contain incorrect values:", details);
    }

    /** 400: a rule that is not about one field is broken. */
    public static ManagementError refused(String message) {
        return new ManagementError(400, "ValidationError", message, List.of());
    }

    /** 412: the entity is not the one that {@code If-Match} names. */
    public static ManagementError modified() {
        return new ManagementError(
                412,
                "PreconditionFailed",
                "Resource was modified since last retrieval. Please retrieve latest version.",
                List.of());
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** The code. */
    public String code() {
        return code;
    }

    /** What is wrong. */
    public String message() {
        return String.valueOf(getMessage());
    }

    /** The fields that are wrong. */
    public List<Detail> details() {
        return details;
    }
}
