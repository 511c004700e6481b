package dev.bes.api;

import java.time.Instant;
import java.util.List;

/**
 * What a run that the limits of the managed API hold up has ahead of it.
 *
 * @param calls how many calls it needs yet, roughly
 * @param by when there will have been so many, at the soonest
 * @param limits the limits, in words
 */
public record ForecastJson(long calls, Instant by, List<String> limits) {}
