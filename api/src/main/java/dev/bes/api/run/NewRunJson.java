package dev.bes.api.run;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request for a run.
 *
 * @param definition name of the definition; a request without one is refused
 * @param parameters values for the templates of the definition; null for none
 * @param inputs inputs by name that need no upload: rows of this request, blobs, or files that the service finds; null for none
 * @param callback address that is called when the run ends; the settings of the service have to allow it; null for none
 */
public record NewRunJson(
        @Nullable String definition,
        @Nullable Map<String, @Nullable String> parameters,
        @Nullable Map<String, RequestInputJson> inputs,
        @Nullable String callback) {

    /**
     * An input without an upload: its rows, a blob in a store of the settings, or a file below a root of the settings. Rows become a CSV with the columns of the
     * definition first, then the further keys of the first row. Texts, numbers, true and false are written as they are; null
     * becomes an empty field.
     *
     * @param rows the rows, each with a value for every column; null without them
     * @param store name of the store; null without a blob
     * @param blob path of the blob in the container of the store; null without a blob
     * @param root name of the root; null without a file
     * @param file path of the file below the root, with slashes; null without a file
     */
    public record RequestInputJson(
            @Nullable List<Map<String, @Nullable Object>> rows,
            @Nullable String store,
            @Nullable String blob,
            @Nullable String root,
            @Nullable String file) {

        /** A blob in a store. */
        public static RequestInputJson blob(String store, String blob) {
            return new RequestInputJson(null, store, blob, null, null);
        }

        /** A file below a root. */
        public static RequestInputJson file(String root, String file) {
            return new RequestInputJson(null, null, null, root, file);
        }
    }

    /** A request without rows. */
    public NewRunJson(@Nullable String definition, @Nullable Map<String, @Nullable String> parameters) {
        this(definition, parameters, null, null);
    }

    /** A request without parameters. */
    public static NewRunJson of(String definition) {
        return new NewRunJson(definition, null);
    }
}
