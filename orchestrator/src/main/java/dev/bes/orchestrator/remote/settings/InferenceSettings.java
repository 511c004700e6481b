package dev.bes.orchestrator.remote.settings;

import dev.bes.orchestrator.remote.InvalidSetting;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What an endpoint of kind {@code inference} needs besides: {@code orchestrator.endpoints.<name>.inference.*}.
 *
 * @param model name of the model
 * @param version version of the model; null for the one that the server chooses
 * @param batchRows maximum number of rows of a batch
 * @param batchBytes maximum size of the rows of a batch in the input file
 * @param parallelBatches batches that each node sends side by side
 */
public record InferenceSettings(
        @DefaultValue("") String model,
        @Nullable String version,
        @DefaultValue("1000") int batchRows,
        @DefaultValue("1MB") DataSize batchBytes,
        @DefaultValue("4") int parallelBatches) {

    private static final int MOST_ROWS = 1_000_000;
    private static final int MOST_PARALLEL = 256;
    private static final DataSize MOST_BYTES = DataSize.ofMegabytes(64);

    void check(String prefix) {
        if (model.isBlank()) {
            throw new InvalidSetting(prefix + "model", "is missing: set it to the name of the model on the server");
        }
        checkName(prefix + "model", model);
        if (version != null) {
            checkName(prefix + "version", version);
        }
        checkRange(prefix + "batch-rows", batchRows, MOST_ROWS);
        checkRange(prefix + "parallel-batches", parallelBatches, MOST_PARALLEL);
        if (batchBytes.toBytes() < 1 || batchBytes.compareTo(MOST_BYTES) > 0) {
            throw new InvalidSetting(prefix + "batch-bytes", "must be from 1B to 64MB, but is " + batchBytes);
        }
    }

    private static void checkName(String property, String name) {
        // it becomes a segment of the path, where dots alone lead elsewhere
        if (name.isBlank()
                || name.length() > 255
                || name.matches("\\.+")
                || name.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidSetting(property, "is not a name: write 1 to 255 characters without control characters");
        }
    }

    private static void checkRange(String property, int value, int most) {
        if (value < 1 || value > most) {
            throw new InvalidSetting(property, "must be from 1 to " + most + ", but is " + value);
        }
    }
}
