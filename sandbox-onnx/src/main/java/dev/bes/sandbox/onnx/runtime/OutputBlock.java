package dev.bes.sandbox.onnx.runtime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.TensorInfo;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;

/**
 * The values of an output tensor for a block of rows.
 *
 * @param values a buffer of floats or of longs, or an array of texts: row after row
 * @param width how many values there are for each row
 */
public record OutputBlock(Object values, int width) {

    /** Copies the values, so that the tensor can be closed. */
    static OutputBlock of(OnnxTensor tensor, int rows) throws OrtException {
        TensorInfo info = tensor.getInfo();
        Object values = switch (TensorType.of(info.type).orElseThrow()) {
            case FLOAT -> tensor.getFloatBuffer();
            case INT64 -> tensor.getLongBuffer();
            case STRING -> texts(tensor.getValue());
        };
        return new OutputBlock(values, (int) (info.getNumElements() / rows));
    }

    /** One value as text. A float is the shortest decimal number that is read as the same float. */
    public String text(int row, int at) {
        int index = row * width + at;
        return switch (values) {
            case FloatBuffer floats -> Float.toString(floats.get(index));
            case LongBuffer longs -> Long.toString(longs.get(index));
            default -> ((String[]) values)[index];
        };
    }

    /** The position of the largest value of a row, the first of equal ones. */
    public int largest(int row) {
        FloatBuffer floats = (FloatBuffer) values;
        int largest = 0;
        for (int at = 1; at < width; at++) {
            if (floats.get(row * width + at) > floats.get(row * width + largest)) {
                largest = at;
            }
        }
        return largest;
    }

    private static String[] texts(Object value) {
        return value instanceof String[] texts
                ? texts
                : Arrays.stream((String[][]) value).flatMap(Arrays::stream).toArray(String[]::new);
    }
}
