package dev.bes.sandbox.onnx.encoding;

import dev.bes.sandbox.dataset.InvalidDataset;
import org.jspecify.annotations.Nullable;

/**
 * A column of numbers: the tensor gets {@code (value - offset) * scale}, as ONNX's operator Scaler defines it. Source:
 * onnx/onnx {@code docs/Operators-ml.md}.
 *
 * @param missing REJECT or CONSTANT
 */
public record NumberEncoding(String column, double offset, double scale, Substitute missing) implements ColumnEncoding {

    @Override
    public int width() {
        return 1;
    }

    @Override
    public boolean isText() {
        return false;
    }

    @Override
    public void encode(@Nullable String value, TensorValues to) {
        String used = value == null ? missing.constant() : value;
        if (used == null) {
            throw noValue();
        }
        double number = number(used);
        if (!Double.isFinite(number)) {
            throw new InvalidDataset("\"" + used + "\" in column \"" + column + "\" is no finite number");
        }
        to.add((number - offset) * scale);
    }

    private static double number(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }
}
