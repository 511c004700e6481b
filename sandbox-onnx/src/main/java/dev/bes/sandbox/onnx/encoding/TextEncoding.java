package dev.bes.sandbox.onnx.encoding;

import org.jspecify.annotations.Nullable;

/**
 * A column of texts that the model encodes by itself.
 *
 * @param missing REJECT or CONSTANT
 */
public record TextEncoding(String column, Substitute missing) implements ColumnEncoding {

    @Override
    public int width() {
        return 1;
    }

    @Override
    public boolean isText() {
        return true;
    }

    @Override
    public void encode(@Nullable String value, TensorValues to) {
        String used = value == null ? missing.constant() : value;
        if (used == null) {
            throw noValue();
        }
        to.add(used);
    }
}
