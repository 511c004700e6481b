package dev.bes.api;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The run that a request became: the same one for every repetition of the request.
 *
 * @param id the run
 * @param definition name of its definition
 * @param forecast what it has ahead of it when the limits of the managed API hold it up
 * @param links where to go from here: {@code self}, {@code cancel}
 */
public record AcceptedRunJson(
        long id, String definition, @Nullable ForecastJson forecast, Map<String, String> links) {}
