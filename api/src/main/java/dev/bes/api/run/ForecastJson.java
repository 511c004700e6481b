package dev.bes.api.run;

import java.time.Instant;
import java.util.List;

/**
 * The calls ahead of a run that the limits of the managed API delay.
 *
 * @param calls about how many calls it still needs
 * @param by the earliest time of the last of them
 * @param limits the limits, in words
 */
public record ForecastJson(long calls, Instant by, List<String> limits) {}
