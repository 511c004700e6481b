package dev.bes.orchestrator.run;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where an input of a scoring comes from. It is kept with the scoring as JSON, whose properties say which kind it is: {@code path}
 * a file, {@code blob} a blob of ours, {@code store} and {@code blob} a blob elsewhere, {@code row} a row of our database,
 * {@code folded} the inputs of other scorings. Decisions 0038, 0075 and 0092.
 */
public sealed interface InputSource
        permits InputFile, InputSource.OwnBlob, InputSource.StoreBlob, InputSource.OwnRow, InputSource.Folded {

    /** The name that its sender gave it: shown, never used as a path. */
    String name();

    /**
     * A blob in our own container.
     *
     * @param blob path in the container
     * @param etag the version that was accepted, as header {@code ETag} of the store names it, quotes included
     * @param name the name that its sender gave it
     */
    record OwnBlob(String blob, String etag, String name) implements InputSource {}

    /**
     * A blob in the container of another store. The settings say where that is and with which key it is read, so no address comes
     * from outside.
     *
     * @param store name of the store in the settings
     * @param blob path in its container
     * @param etag the version that was accepted, as header {@code ETag} of the store names it, quotes included
     * @param name the name that its sender gave it
     */
    record StoreBlob(String store, String blob, String etag, String name) implements InputSource {}

    /**
     * A small file that came with a request and is kept in a row of the database.
     *
     * @param row the id of the row
     * @param name the name that its sender gave it
     */
    record OwnRow(UUID row, String name) implements InputSource {}

    /**
     * The inputs of the scorings that share the remote job of this one.
     *
     * @param folded always true
     * @param name what is shown
     */
    record Folded(boolean folded, String name) implements InputSource {}

    /**
     * Reads the JSON form.
     *
     * @throws IllegalArgumentException if it is of no kind that this version knows
     */
    @JsonCreator
    static InputSource of(
            @JsonProperty("path") @Nullable String path,
            @JsonProperty("store") @Nullable String store,
            @JsonProperty("blob") @Nullable String blob,
            @JsonProperty("etag") @Nullable String etag,
            @JsonProperty("row") @Nullable UUID row,
            @JsonProperty("folded") @Nullable Boolean folded,
            @JsonProperty("name") String name) {
        if (path != null) {
            return new InputFile(path, name);
        }
        if (row != null) {
            return new OwnRow(row, name);
        }
        if (folded != null) {
            return new Folded(folded, name);
        }
        if (blob == null || etag == null) {
            throw new IllegalArgumentException(
                    "Input '" + name + "' comes from a kind of source that this version does not know");
        }
        return store == null ? new OwnBlob(blob, etag, name) : new StoreBlob(store, blob, etag, name);
    }
}
