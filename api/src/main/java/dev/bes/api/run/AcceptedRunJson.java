package dev.bes.api.run;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The run that a request became: the same one for every repetition of the request.
 *
 * @param id the run
 * @param definition name of its definition
 * @param state the state that it had reached, if the request asked to wait for its end; else null
 * @param forecast the calls ahead when the limits of the managed API delay it; null if they do not
 * @param links {@code self}, {@code cancel}
 */
public record AcceptedRunJson(
        long id,
        String definition,
        @Nullable StateJson state,
        @Nullable ForecastJson forecast,
        Map<String, String> links) {

    /** The same, with the state that it has reached. */
    public AcceptedRunJson in(StateJson reached) {
        return new AcceptedRunJson(id, definition, reached, forecast, links);
    }
}
