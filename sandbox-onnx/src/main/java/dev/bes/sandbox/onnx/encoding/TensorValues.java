package dev.bes.sandbox.onnx.encoding;

/** Takes the values of an input tensor, in its order. */
public interface TensorValues {

    /** Takes a number. */
    void add(double number);

    /** Takes a text. */
    void add(String text);
}
