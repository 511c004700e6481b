package dev.bes.sandbox.catalogue;

import dev.bes.sandbox.dataset.ColumnType;

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

    boolean accepts(String value) {
        return values.accepts(value);
    }

    boolean isNumeric() {
        return values.isNumeric();
    }
}
