package dev.bes.sandbox.swagger;

import static dev.bes.sandbox.swagger.JsonObjects.object;
import static dev.bes.sandbox.swagger.JsonObjects.reference;

import dev.bes.sandbox.catalogue.WebService;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The schemas of batch requests, of their status and of errors. */
final class BatchDefinitions {

    private static final String BLOB = "AzureBlobDataReference";

    private BatchDefinitions() {}

    static Map<String, Object> of(WebService service) {
        return object(
                "BatchExecutionRequest",
                request(service),
                "BatchInputs",
                blobs(service.inputNames(), service.inputNames()),
                "BatchOutputs",
                blobs(service.outputs(), List.of()),
                "BatchExecutionStatus",
                status(),
                BLOB,
                blob(),
                "ErrorResponse",
                object("type", "object", "properties", object("error", reference("Error"))),
                "Error",
                error(),
                "ErrorDetail",
                detail());
    }

    private static Map<String, Object> request(WebService service) {
        Map<String, Object> schema = object(
                "type",
                "object",
                "properties",
                object(
                        "Inputs", reference("BatchInputs"),
                        "Outputs", reference("BatchOutputs"),
                        "GlobalParameters", reference("GlobalParameters")));
        Definitions.require(schema, service.inputs().isEmpty() ? List.of() : List.of("Inputs"));
        return schema;
    }

    private static Map<String, Object> blobs(List<String> names, List<String> required) {
        Map<String, Object> properties = new LinkedHashMap<>();
        names.forEach(name -> properties.put(name, reference(BLOB)));
        Map<String, Object> schema = object("type", "object", "properties", properties);
        Definitions.require(schema, required);
        return schema;
    }

    private static Map<String, Object> status() {
        return object(
                "type",
                "object",
                "properties",
                object(
                        "StatusCode",
                        object(
                                "type",
                                "string",
                                "enum",
                                List.of("NotStarted", "Running", "Failed", "Cancelled", "Finished")),
                        "Results",
                        object(
                                "description",
                                "The outputs by their names; null until the job has finished",
                                "type",
                                "object",
                                "additionalProperties",
                                reference(BLOB),
                                "x-nullable",
                                true),
                        "Details",
                        text("Why the job has failed; null otherwise")));
    }

    private static Map<String, Object> blob() {
        return object(
                "type",
                "object",
                "properties",
                object(
                        "ConnectionString",
                                text("Connection string of the account; not with a shared access signature"),
                        "RelativeLocation", text("Container and name of the blob"),
                        "BaseLocation", text("Address of the account; only with a shared access signature"),
                        "SasBlobToken", text("The shared access signature, from its question mark")));
    }

    private static Map<String, Object> error() {
        return object(
                "type",
                "object",
                "properties",
                object(
                        "code", object("type", "string"),
                        "message", object("type", "string"),
                        "details", object("type", "array", "items", reference("ErrorDetail"))));
    }

    private static Map<String, Object> detail() {
        return object(
                "type",
                "object",
                "properties",
                object("code", object("type", "string"), "message", object("type", "string")));
    }

    private static Map<String, Object> text(String description) {
        return object("type", "string", "description", description, "x-nullable", true);
    }
}
