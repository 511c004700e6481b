package dev.bes.api.run;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request for a run.
 *
 * @param definition name of the definition; a request without one is refused
 * @param parameters values for the templates of the definition; null for none
 */
public record NewRunJson(
        @Nullable String definition, @Nullable Map<String, @Nullable String> parameters) {

    /** A request without parameters. */
    public static NewRunJson of(String definition) {
        return new NewRunJson(definition, null);
    }
}
