package dev.bes.api.run;

import org.jspecify.annotations.Nullable;

/**
 * A request for a new run that repeats an ended one, with its definition, parameters and files as they were.
 *
 * @param only {@code all} scorings or only those that {@code failed}; null for all
 */
public record NewRerunJson(@Nullable String only) {}
