package dev.bes.sandbox.onnx.runtime;

import ai.onnxruntime.OnnxJavaType;
import dev.bes.sandbox.dataset.ColumnType;
import java.util.Arrays;
import java.util.Optional;

/** The element types of tensors that a service can have. */
public enum TensorType {
    FLOAT(OnnxJavaType.FLOAT, ColumnType.DOUBLE),
    INT64(OnnxJavaType.INT64, ColumnType.INT64),
    STRING(OnnxJavaType.STRING, ColumnType.STRING);

    private final OnnxJavaType runtime;
    private final ColumnType column;

    TensorType(OnnxJavaType runtime, ColumnType column) {
        this.runtime = runtime;
        this.column = column;
    }

    /** The type by the name that ONNX Runtime gives it. */
    public static Optional<TensorType> of(OnnxJavaType runtime) {
        return Arrays.stream(values()).filter(type -> type.runtime == runtime).findFirst();
    }

    /** The type of an output column with its values. */
    public ColumnType column() {
        return column;
    }
}
