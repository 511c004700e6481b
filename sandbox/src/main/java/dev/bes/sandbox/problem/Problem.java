package dev.bes.sandbox.problem;

/**
 * The inner codes of the errors that can occur here, worded as the service words them. Source: "web service error
 * codes" article, 2016; {@link #JOB_NOT_FOUND} and {@link #OPERATION_NOT_FOUND} are inferred. The text of
 * {@link #UNKNOWN_WEB_SERVICE_ID} is that which the tests of the R package AzureML expect; its code is inferred.
 */
public enum Problem {
    BAD_PARAMETER_VALUE(
            ErrorCode.BAD_ARGUMENT,
            "BadParameterValue",
            "The parameter value supplied does not satisfy the parameter rule on the parameter"),
    BAD_VERSION_CALL(
            ErrorCode.BAD_ARGUMENT,
            "BadVersionCall",
            "Invalid version parameter was passed during the API call: {0}. Check the API help page for passing the"
                    + " correct version and try again."),
    BATCH_JOB_INPUTS_NOT_SPECIFIED(
            ErrorCode.BAD_ARGUMENT,
            "BatchJobInputsNotSpecified",
            "The following required input(s) were not specified with the request: {0}. Please ensure all input data"
                    + " is specified and try again."),
    BATCH_JOB_INPUTS_TOO_MANY_SPECIFIED(
            ErrorCode.BAD_ARGUMENT,
            "BatchJobInputsTooManySpecified",
            "The request specified more inputs than defined in the service. List of accepted input(s): {0}. Please"
                    + " ensure all input data is specified correctly and try again."),
    CONTAINER_IS_EMPTY(
            ErrorCode.BAD_ARGUMENT,
            "ContainerIsEmpty",
            "No Azure storage container name was provided. Provide a valid container name and try again."),
    CONTAINER_SEGMENT_INVALID(
            ErrorCode.BAD_ARGUMENT,
            "ContainerSegmentInvalid",
            "Invalid container name. Provide a valid container name and try again."),
    DUPLICATE_INPUT_IN_BATCH_CALL(
            ErrorCode.BAD_ARGUMENT,
            "DuplicateInputInBatchCall",
            "The batch request is invalid. Cannot specify both single and multiple input at the same time. Remove one"
                    + " of these items from the request and try again."),
    INPUT_BLOB_RELATIVE_LOCATION_INVALID(
            ErrorCode.BAD_ARGUMENT,
            "InputBlobRelativeLocationInvalid",
            "No Azure storage blob name provided. Provide a valid blob name and try again."),
    INVALID_BLOB(
            ErrorCode.BAD_ARGUMENT,
            "InvalidBlob",
            "Invalid blob specification for blob: {0}. Verify that connection string / relative path or SAS token"
                    + " specification is correct and try again."),
    INVALID_BLOB_CONNECTION_STRING(
            ErrorCode.BAD_ARGUMENT,
            "InvalidBlobConnectionString",
            "The connection string specified for one of the input/output blobs in invalid: {0}. Please correct this"
                    + " and try again."),
    INVALID_BLOB_EXTENSION(
            ErrorCode.BAD_ARGUMENT,
            "InvalidBlobExtension",
            "The blob reference: {0} has an invalid or missing file extension. Supported file extensions for this"
                    + " output type are: \"{1}\"."),
    INVALID_INPUT_NAMES(
            ErrorCode.BAD_ARGUMENT,
            "InvalidInputNames",
            "Invalid service input name(s) specified in the request: {0}. Please map the input data to the correct"
                    + " service inputs and try again."),
    INVALID_OUTPUT_OVERRIDE_NAME(
            ErrorCode.BAD_ARGUMENT,
            "InvalidOutputOverrideName",
            "Invalid output override name: {0}. The service does not have an output node with this name. Please pass"
                    + " in a correct output node name to override (case sensitivity applies)."),
    MISSING_INPUT_BLOB_INFORMATION(
            ErrorCode.BAD_ARGUMENT,
            "MissingInputBlobInformation",
            "Missing Azure storage blob information. Provide a valid connection string and relative path or URI and"
                    + " try again."),
    MISSING_JOB_ID(
            ErrorCode.BAD_ARGUMENT,
            "MissingJobId",
            "No job Id provided. A job Id is returned when a job was submitted for the first time. Verify the job Id"
                    + " is correct and try again."),
    MISSING_OUTPUT_OVERRIDE_SPECIFICATION(
            ErrorCode.BAD_ARGUMENT,
            "MissingOutputOverrideSpecification",
            "The request is missing the blob specification for output override {0}. Please specify a valid blob"
                    + " location with the request, or remove the output specification if no location override is"
                    + " desired."),
    MISSING_REQUEST_INPUT(
            ErrorCode.BAD_ARGUMENT,
            "MissingRequestInput",
            "The web service expects an input, but no input was provided. Ensure valid inputs are provided based on"
                    + " the published input ports in the model and try again."),
    MISSING_REQUIRED_GLOBAL_PARAMETERS(
            ErrorCode.BAD_ARGUMENT,
            "MissingRequiredGlobalParameters",
            "Not all required web service parameter(s) provided. Verify the parameter(s) expected for the module(s)"
                    + " are correct and try again."),
    MISSING_REQUIRED_OUTPUT_OVERRIDES(
            ErrorCode.BAD_ARGUMENT,
            "MissingRequiredOutputOverrides",
            "When calling an encrypted service endpoint it is mandatory to pass in output overrides for all the"
                    + " service's outputs. Missing overrides at this time for these outputs: {0}"),
    REQUEST_BODY_INVALID(
            ErrorCode.BAD_ARGUMENT,
            "RequestBodyInvalid",
            "No request body provided or error in deserializing the request body."),
    REQUEST_IS_EMPTY(
            ErrorCode.BAD_ARGUMENT, "RequestIsEmpty", "No request provided. Provide a valid request and try again."),
    UNEXPECTED_PARAMETER(
            ErrorCode.BAD_ARGUMENT,
            "UnexpectedParameter",
            "Unexpected parameters provided. Verify all parameter names are spelled correctly, only expected"
                    + " parameters are passed, and try again."),
    UNKNOWN_WEB_SERVICE_ID(
            ErrorCode.BAD_ARGUMENT,
            "InvalidWebServiceId",
            "Invalid web service ID provided. Verify the web service ID is correct and try again."),
    WEB_SERVICE_ID_INVALID(
            ErrorCode.BAD_ARGUMENT,
            "WebServiceIdInvalid",
            "Invalid web service id provided. Web service id should be a valid guid."),
    INPUT_PARSE_ERROR(
            ErrorCode.BAD_USER_ARGUMENT,
            "InputParseError",
            "Parsing of input vector failed.  Verify the input vector has the correct number of columns and data"
                    + " types.  Additional details: {0}."),
    CANNOT_START_JOB(
            ErrorCode.INVALID_OPERATION, "CannotStartJob", "The job cannot be started because it is in {0} state."),
    MODULE_FAILED(ErrorCode.MODULE_EXECUTION_ERROR, "ModuleExecutionFailed", "{0}"),
    SCORE_REQUEST_UNAUTHORIZED(ErrorCode.UNAUTHORIZED, "ScoreRequestUnauthorized", "Invalid credentials provided."),
    JOB_NOT_FOUND(ErrorCode.NOT_FOUND, "JobNotFound", "Job not found. Verify the job Id is correct and try again."),
    /** It has no details: the article lists no codes for it. */
    INITIALIZING_CONTAINERS(ErrorCode.INITIALIZING_CONTAINERS, "", ""),
    REQUEST_THROTTLED(
            ErrorCode.SERVICE_UNAVAILABLE,
            "RequestThrottled",
            "Request was throttled for {0} endpoint. The maximum concurrency for the endpoint is {1}."),
    TOO_MANY_CONCURRENT_REQUESTS(
            ErrorCode.SERVICE_UNAVAILABLE, "TooManyConcurrentRequests", "Too many concurrent requests sent."),
    OPERATION_NOT_FOUND(ErrorCode.NOT_FOUND, "OperationNotFound", "No operation of the service has this address."),
    UNKNOWN_ERROR(ErrorCode.INTERNAL_ERROR, "UnknownError", "Unknown error."),
    WEB_SERVICE_ID_NOT_FOUND_IN_WORKSPACE(
            ErrorCode.NOT_FOUND,
            "WebServiceIdNotFoundInWorkspace",
            "Web service under this workspace not found. There is a mismatch between the webServiceId and the"
                    + " workspaceId. Verify the web service provided is part of the workspace and try again."),
    WEB_SERVICE_NOT_FOUND(
            ErrorCode.NOT_FOUND,
            "WebServiceNotFound",
            "Web service not found. Verify the web service Id is correct and try again."),
    WORKSPACE_NOT_FOUND(
            ErrorCode.NOT_FOUND,
            "WorkspaceNotFound",
            "Workspace not found. Verify the workspace Id is correct and try again.");

    private final ErrorCode kind;
    private final String code;
    private final String text;

    Problem(ErrorCode kind, String code, String text) {
        this.kind = kind;
        this.code = code;
        this.text = text;
    }

    /** The refusal, with the given values put in for {0} and {1} of the wording. */
    public Rejection about(String... values) {
        String filled = text;
        for (int i = 0; i < values.length; i++) {
            filled = filled.replace("{" + i + "}", values[i]);
        }
        return new Rejection(kind, code, filled, values.length == 0 ? null : values[0]);
    }
}
