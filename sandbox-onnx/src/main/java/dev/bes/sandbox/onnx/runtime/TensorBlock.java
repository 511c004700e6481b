package dev.bes.sandbox.onnx.runtime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import dev.bes.sandbox.dataset.InvalidDataset;
import dev.bes.sandbox.onnx.encoding.TensorValues;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;

/** The values of an input tensor for a block of rows. It grows as rows come. */
public abstract sealed class TensorBlock implements TensorValues {

    private static final int FIRST_VALUES = 256;

    /** Number of values so far. */
    int size;

    /** An empty block. */
    public static TensorBlock of(TensorType type) {
        return switch (type) {
            case FLOAT -> new Floats();
            case INT64 -> new Longs();
            case STRING -> new Texts();
        };
    }

    /** The tensor with these values, which the caller closes. */
    abstract OnnxTensor tensor(OrtEnvironment environment, long[] shape) throws OrtException;

    /** Forgets the values. */
    public void clear() {
        size = 0;
    }

    @Override
    public void add(double number) {
        throw new IllegalStateException("the tensor takes texts");
    }

    @Override
    public void add(String text) {
        throw new IllegalStateException("the tensor takes numbers");
    }

    private static final class Floats extends TensorBlock {
        private float[] values = new float[FIRST_VALUES];

        @Override
        public void add(double number) {
            if (size == values.length) {
                values = Arrays.copyOf(values, 2 * size);
            }
            values[size++] = (float) number;
        }

        @Override
        OnnxTensor tensor(OrtEnvironment environment, long[] shape) throws OrtException {
            return OnnxTensor.createTensor(environment, FloatBuffer.wrap(values, 0, size), shape);
        }
    }

    private static final class Longs extends TensorBlock {
        /** From here a double does not hold every whole number. */
        private static final double MOST = 1L << 53;

        private long[] values = new long[FIRST_VALUES];

        @Override
        public void add(double number) {
            if (number != Math.rint(number) || Math.abs(number) > MOST) {
                throw new InvalidDataset(number + " is no whole number, or too large, for a tensor of type int64");
            }
            if (size == values.length) {
                values = Arrays.copyOf(values, 2 * size);
            }
            values[size++] = (long) number;
        }

        @Override
        OnnxTensor tensor(OrtEnvironment environment, long[] shape) throws OrtException {
            return OnnxTensor.createTensor(environment, LongBuffer.wrap(values, 0, size), shape);
        }
    }

    private static final class Texts extends TensorBlock {
        private String[] values = new String[FIRST_VALUES];

        @Override
        public void add(String text) {
            if (size == values.length) {
                values = Arrays.copyOf(values, 2 * size);
            }
            values[size++] = text;
        }

        @Override
        OnnxTensor tensor(OrtEnvironment environment, long[] shape) throws OrtException {
            return OnnxTensor.createTensor(environment, Arrays.copyOf(values, size), shape);
        }
    }
}
