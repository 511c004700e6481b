package dev.bes.sandbox.catalogue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The body of an execute call with one row of examples for each input and the defaults of the parameters. */
public final class ExampleRequest {

    private ExampleRequest() {}

    /** The inputs as lists of objects, as {@code format=swagger} asks for. */
    public static Map<String, Object> ofObjects(WebService service) {
        Map<String, Object> inputs = new LinkedHashMap<>();
        for (Input input : service.inputs()) {
            Map<String, @Nullable String> row = new LinkedHashMap<>();
            input.columns().forEach(it -> row.put(it.column().name(), it.example()));
            inputs.put(input.name(), List.of(row));
        }
        return request(service, inputs);
    }

    /** The inputs as tables of names and values. */
    public static Map<String, Object> ofTables(WebService service) {
        Map<String, Object> inputs = new LinkedHashMap<>();
        for (Input input : service.inputs()) {
            List<@Nullable String> row = new ArrayList<>();
            input.columns().forEach(it -> row.add(it.example()));
            List<String> names =
                    input.columns().stream().map(it -> it.column().name()).toList();
            Map<String, Object> table = new LinkedHashMap<>();
            table.put("ColumnNames", names);
            table.put("Values", List.of(row));
            inputs.put(input.name(), table);
        }
        return request(service, inputs);
    }

    private static Map<String, Object> request(WebService service, Map<String, Object> inputs) {
        Map<String, @Nullable String> parameters = new LinkedHashMap<>();
        service.parameters().forEach(it -> parameters.put(it.name(), it.fallback() == null ? "" : it.fallback()));
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("Inputs", inputs);
        request.put("GlobalParameters", parameters);
        return request;
    }
}
