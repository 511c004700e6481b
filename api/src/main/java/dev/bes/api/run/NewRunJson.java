package dev.bes.api.run;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request for a run.
 *
 * @param definition name of the definition; a request without one is refused
 * @param parameters values for the templates of the definition; null for none
 * @param inputs inputs by name that need no file: rows of this request, or blobs; null for none
 * @param callback address that is called when the run ends; the settings of the service have to allow it; null for none
 */
public record NewRunJson(
        @Nullable String definition,
        @Nullable Map<String, @Nullable String> parameters,
        @Nullable Map<String, RequestInputJson> inputs,
        @Nullable String callback) {

    /**
     * An input without a file: its rows, or a blob in a store of the settings. Rows become a CSV with the columns of the
     * definition first, then the further keys of the first row. Texts, numbers, true and false are written as they are; null
     * becomes an empty field.
     *
     * @param rows the rows, each with a value for every column; null for a blob
     * @param store name of the store; null for rows
     * @param blob path of the blob in the container of the store; null for rows
     */
    public record RequestInputJson(
            @Nullable List<Map<String, @Nullable Object>> rows,
            @Nullable String store,
            @Nullable String blob) {}

    /** A request without rows. */
    public NewRunJson(@Nullable String definition, @Nullable Map<String, @Nullable String> parameters) {
        this(definition, parameters, null, null);
    }

    /** A request without parameters. */
    public static NewRunJson of(String definition) {
        return new NewRunJson(definition, null);
    }
}
