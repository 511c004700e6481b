package dev.bes.sandbox.inference;

import dev.bes.sandbox.dataset.ColumnType;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The datatypes of tensors that columns have. Source: open-inference-protocol, "tensor data types". */
enum Datatype {
    BOOL,
    INT32,
    INT64,
    FP64,
    BYTES;

    static Datatype of(ColumnType type) {
        return switch (type) {
            case BOOLEAN -> BOOL;
            case INT32 -> INT32;
            case INT64 -> INT64;
            case DOUBLE -> FP64;
            case STRING, DATE_TIME -> BYTES;
        };
    }

    /** Whether a JSON value is an element of this type. */
    boolean accepts(JsonNode element) {
        return switch (this) {
            case BOOL -> element.isBoolean();
            case INT32 -> element.isIntegralNumber() && element.canConvertToInt();
            case INT64 -> element.isIntegralNumber() && element.canConvertToLong();
            case FP64 -> element.isNumber();
            case BYTES -> element.isString();
        };
    }

    /** A cell as an element; a missing number is null, which the protocol has no other form for. */
    @Nullable
    Object element(@Nullable String cell) {
        if (this == BYTES) {
            return cell == null ? "" : cell;
        }
        if (cell == null || cell.isEmpty()) {
            return null;
        }
        return switch (this) {
            case BOOL -> Boolean.valueOf(cell);
            case INT32, INT64 -> Long.valueOf(cell);
            case FP64, BYTES -> Double.valueOf(cell);
        };
    }
}
