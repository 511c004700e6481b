package dev.bes.sandbox.problem;

/** The outer code of an error, with its HTTP status. Source: "web service error codes" article, 2016. */
enum ErrorCode {
    BAD_ARGUMENT(400, "BadArgument", "Invalid argument provided."),
    BAD_USER_ARGUMENT(400, "BadUserArgument", "Invalid user argument provided."),
    INVALID_OPERATION(400, "InvalidOperation", "The request is invalid in the current context."),
    MODULE_EXECUTION_ERROR(400, "ModuleExecutionError", "Module execution encountered an error."),
    UNAUTHORIZED(401, "Unauthorized", "Request is unauthorized to access resource."),
    NOT_FOUND(404, "NotFound", "Resource not found."),
    INTERNAL_ERROR(500, "InternalError", "Execution encountered an internal error."),
    INITIALIZING_CONTAINERS(
            503, "InitializingContainers", "The request cannot execute as the containers are being initialized."),
    SERVICE_UNAVAILABLE(503, "ServiceUnavailable", "Service is temporarily unavailable.");

    final int status;
    final String code;
    final String message;

    ErrorCode(int status, String code, String message) {
        this.status = status;
        this.code = code;
        this.message = message;
    }
}
