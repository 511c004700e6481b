package dev.bes.orchestrator.web;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request for a run without files.
 *
 * @param definition name of the definition
 * @param parameters values for the templates of the definition
 */
record NewRunJson(@Nullable String definition, @Nullable Map<String, @Nullable String> parameters) {}
