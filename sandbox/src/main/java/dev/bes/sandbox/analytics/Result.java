package dev.bes.sandbox.analytics;

/** The result of a call. Source: {@code ReportRecordContract} of API Management's REST API. */
public enum Result {
    /** A status up to 301, 304 or 307. */
    SUCCESS,
    /** 401, 403 or 429: the key or a limit refuses the call. */
    BLOCKED,
    /** 400, or 500 and above. */
    FAILED,
    /** Any other status, 404 for one. */
    OTHER;

    /** The result of a call that was answered with this status. */
    public static Result of(int status) {
        return switch (status) {
            case 304, 307 -> SUCCESS;
            case 401, 403, 429 -> BLOCKED;
            case 400 -> FAILED;
            default -> ofRange(status);
        };
    }

    private static Result ofRange(int status) {
        if (status <= 301) {
            return SUCCESS;
        }
        return status >= 500 ? FAILED : OTHER;
    }
}
