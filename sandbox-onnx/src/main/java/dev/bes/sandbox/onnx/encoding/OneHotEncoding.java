package dev.bes.sandbox.onnx.encoding;

import dev.bes.sandbox.dataset.InvalidDataset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A column of categories: the tensor gets one number for each listed value, 1 for that of the row and 0 for the others.
 *
 * @param values the listed values, in the order of the tensor
 * @param missing what is done without a value
 * @param unknown what is done with a value that is not listed: REJECT or ZEROS
 */
public record OneHotEncoding(String column, List<String> values, Substitute missing, Substitute unknown)
        implements ColumnEncoding {

    @Override
    public int width() {
        return values.size();
    }

    @Override
    public boolean isText() {
        return false;
    }

    @Override
    public void encode(@Nullable String value, TensorValues to) {
        String used = value == null ? missing.constant() : value;
        if (used == null && missing.policy() == Substitute.Policy.REJECT) {
            throw noValue();
        }
        int at = used == null ? -1 : values.indexOf(used);
        if (used != null && at < 0 && unknown.policy() == Substitute.Policy.REJECT) {
            throw new InvalidDataset("\"" + used + "\" in column \"" + column + "\" is none of the model's values: "
                    + String.join(", ", values));
        }
        for (int i = 0; i < values.size(); i++) {
            to.add(i == at ? 1 : 0);
        }
    }
}
