package dev.bes.sandbox.portal.services;

import dev.bes.sandbox.catalogue.Input;
import dev.bes.sandbox.catalogue.InputColumn;
import dev.bes.sandbox.catalogue.Parameter;
import dev.bes.sandbox.catalogue.WebService;
import dev.bes.sandbox.dataset.ColumnType;
import dev.bes.sandbox.portal.PageRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The form to test a service with one row: a field for each column of its inputs, and for each parameter.
 *
 * @param inputs the fields of the columns, by the name of their input
 * @param parameters the fields of the parameters
 */
public record TestForm(Map<String, List<Field>> inputs, List<Field> parameters) {

    /**
     * One field.
     *
     * @param key its name in the form
     * @param label the name of the column or parameter
     * @param hint what it takes
     * @param text whether an empty value is a text; else it is no value
     */
    public record Field(String key, String label, String hint, boolean text, String value) {}

    /** The form with the examples of the columns and the defaults of the parameters. */
    static TestForm prefilled(WebService service) {
        return of(service, (key, prefilled) -> prefilled);
    }

    /** The form as it was sent. */
    static TestForm sent(WebService service, PageRequest request) {
        return of(service, (key, prefilled) -> request.field(key));
    }

    /** The body of a call that the form describes. Source: the "consume web services" articles, table form. */
    Map<String, Object> body() {
        Map<String, Object> tables = new LinkedHashMap<>();
        inputs.forEach((name, fields) -> tables.put(name, table(fields)));
        Map<String, String> given = new LinkedHashMap<>();
        parameters.stream().filter(it -> !it.value().isEmpty()).forEach(it -> given.put(it.label(), it.value()));
        return Map.of("Inputs", tables, "GlobalParameters", given);
    }

    private static Map<String, Object> table(List<Field> fields) {
        List<@Nullable String> row = new ArrayList<>();
        fields.forEach(field -> row.add(field.value().isEmpty() && !field.text() ? null : field.value()));
        Map<String, Object> table = new LinkedHashMap<>();
        table.put("ColumnNames", fields.stream().map(Field::label).toList());
        table.put("Values", List.of(row));
        return table;
    }

    private static TestForm of(WebService service, BiFunction<String, String, String> value) {
        Map<String, List<Field>> inputs = new LinkedHashMap<>();
        for (int i = 0; i < service.inputs().size(); i++) {
            Input input = service.inputs().get(i);
            List<Field> fields = new ArrayList<>();
            for (InputColumn column : input.columns()) {
                String key = "column-" + i + "-" + fields.size();
                fields.add(field(key, column, value.apply(key, Objects.requireNonNullElse(column.example(), ""))));
            }
            inputs.put(input.name(), fields);
        }
        List<Field> parameters = new ArrayList<>();
        for (Parameter parameter : service.parameters()) {
            String key = "parameter-" + parameters.size();
            String prefilled = Objects.requireNonNullElse(parameter.fallback(), "");
            parameters.add(new Field(key, parameter.name(), hint(parameter), true, value.apply(key, prefilled)));
        }
        return new TestForm(inputs, parameters);
    }

    private static Field field(String key, InputColumn column, String value) {
        ColumnType type = column.column().type();
        return new Field(key, column.column().name(), type.remoteName(), type == ColumnType.STRING, value);
    }

    private static String hint(Parameter parameter) {
        if (!parameter.allowed().isEmpty()) {
            return "one of " + String.join(", ", parameter.allowed());
        }
        String range = parameter.minimum() == null || parameter.maximum() == null
                ? ""
                : ", " + parameter.minimum() + " to " + parameter.maximum();
        return parameter.type().schemaType() + range + (parameter.fallback() == null ? ", required" : "");
    }
}
