package dev.bes.api;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The run that a request became: the same one for every repetition of the request.
 *
 * @param id the run
 * @param definition name of its definition
 * @param forecast the calls ahead when the limits of the managed API delay it; null if they do not
 * @param links {@code self}, {@code cancel}
 */
public record AcceptedRunJson(
        long id, String definition, @Nullable ForecastJson forecast, Map<String, String> links) {}
