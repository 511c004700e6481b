package dev.bes.sandbox.swagger;

import static dev.bes.sandbox.swagger.JsonObjects.object;
import static dev.bes.sandbox.swagger.JsonObjects.reference;

import dev.bes.sandbox.catalogue.ExampleRequest;
import dev.bes.sandbox.catalogue.Input;
import dev.bes.sandbox.catalogue.Parameter;
import dev.bes.sandbox.catalogue.WebService;
import dev.bes.sandbox.dataset.Column;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The schemas of a service: of its rows, its parameters, and the bodies that carry them. */
final class Definitions {

    private Definitions() {}

    static Map<String, Object> of(WebService service) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("ExecutionInputs", rows(service.inputNames()));
        for (Input input : service.inputs()) {
            all.put(input.name() + "Item", item(input.schema()));
        }
        all.put("ExecutionRequest", executionRequest(service));
        all.put("ExecutionResults", object("type", "object", "properties", results(reference("ExecutionOutputs"))));
        all.put("ExecutionOutputs", rows(service.outputs()));
        List<List<Column>> outputs = OutputColumns.of(service);
        for (int i = 0; i < outputs.size(); i++) {
            all.put(service.outputs().get(i) + "Item", item(outputs.get(i)));
        }
        all.put("GlobalParameters", parameters(service));
        all.putAll(BatchDefinitions.of(service));
        return all;
    }

    static List<String> requiredParameters(WebService service) {
        return service.parameters().stream()
                .filter(parameter -> parameter.fallback() == null)
                .map(Parameter::name)
                .toList();
    }

    private static Map<String, Object> results(Map<String, Object> schema) {
        return object("Results", schema);
    }

    private static Map<String, Object> executionRequest(WebService service) {
        List<String> required = new ArrayList<>();
        if (!service.inputs().isEmpty()) {
            required.add("Inputs");
        }
        if (!requiredParameters(service).isEmpty()) {
            required.add("GlobalParameters");
        }
        Map<String, Object> schema = object(
                "type",
                "object",
                "properties",
                object("Inputs", reference("ExecutionInputs"), "GlobalParameters", reference("GlobalParameters")));
        require(schema, required);
        schema.put("example", ExampleRequest.ofObjects(service));
        return schema;
    }

    /** Inputs or outputs: each is an array of its items. */
    private static Map<String, Object> rows(List<String> names) {
        Map<String, Object> properties = new LinkedHashMap<>();
        names.forEach(name -> properties.put(name, object("type", "array", "items", reference(name + "Item"))));
        Map<String, Object> schema = object("type", "object", "properties", properties);
        require(schema, names);
        return schema;
    }

    private static Map<String, Object> item(List<Column> columns) {
        Map<String, Object> properties = new LinkedHashMap<>();
        columns.forEach(column -> properties.put(column.name(), value(column)));
        return object("type", "object", "properties", properties);
    }

    /** A missing value is null. */
    private static Map<String, Object> value(Column column) {
        Map<String, Object> schema = object("type", column.type().schemaType());
        if (column.type().schemaFormat() != null) {
            schema.put("format", column.type().schemaFormat());
        }
        schema.put("x-nullable", true);
        return schema;
    }

    private static Map<String, Object> parameters(WebService service) {
        Map<String, Object> properties = new LinkedHashMap<>();
        service.parameters().forEach(parameter -> properties.put(parameter.name(), parameter(parameter)));
        Map<String, Object> schema = object("type", "object", "properties", properties);
        require(schema, requiredParameters(service));
        return schema;
    }

    private static Map<String, Object> parameter(Parameter parameter) {
        Map<String, Object> schema = object("type", parameter.type().schemaType());
        if (parameter.fallback() != null) {
            schema.put("default", parameter.type().json(parameter.fallback()));
        }
        if (!parameter.allowed().isEmpty()) {
            schema.put(
                    "enum",
                    parameter.allowed().stream().map(parameter.type()::json).toList());
        }
        if (parameter.minimum() != null) {
            schema.put("minimum", parameter.minimum());
        }
        if (parameter.maximum() != null) {
            schema.put("maximum", parameter.maximum());
        }
        return schema;
    }

    /** An empty list is not allowed there. */
    static void require(Map<String, Object> schema, List<String> names) {
        if (!names.isEmpty()) {
            schema.put("required", names);
        }
    }
}
