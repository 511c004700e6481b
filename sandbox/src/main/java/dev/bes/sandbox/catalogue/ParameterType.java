package dev.bes.sandbox.catalogue;

import dev.bes.sandbox.dataset.ColumnType;
import java.math.BigDecimal;

/** The type of a web service parameter. Requests carry its values as strings. */
public enum ParameterType {
    STRING(ColumnType.STRING),
    INTEGER(ColumnType.INT64),
    NUMBER(ColumnType.DOUBLE),
    BOOLEAN(ColumnType.BOOLEAN);

    private final ColumnType values;

    ParameterType(ColumnType values) {
        this.values = values;
    }

    /** The {@code type} in a Swagger schema. */
    public String schemaType() {
        return values.schemaType();
    }

    /** A value of this type as JSON has it: a number, a truth value or a text. */
    public Object json(String value) {
        return switch (this) {
            case STRING -> value;
            case INTEGER, NUMBER -> new BigDecimal(value);
            case BOOLEAN -> Boolean.valueOf(value);
        };
    }

    boolean accepts(String value) {
        boolean finite = this != NUMBER || !value.matches(".*(NaN|Infinity)");
        return finite && values.accepts(value);
    }

    boolean isNumeric() {
        return values.isNumeric();
    }
}
