package dev.bes.api.run;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of the list of runs.
 *
 * @param runs the runs, newest first
 * @param next where to find older ones, if there are any
 */
public record RunPageJson(List<RunJson> runs, @Nullable String next) {}
