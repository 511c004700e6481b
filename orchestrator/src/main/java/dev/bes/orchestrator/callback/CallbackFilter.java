package dev.bes.orchestrator.callback;

import dev.bes.orchestrator.definition.DefinitionScope;
import org.jspecify.annotations.Nullable;

/**
 * Which callbacks to read.
 *
 * @param scope only those of these definitions
 * @param definition only those of this definition
 * @param state only those in this state
 * @param run only those of this run
 */
public record CallbackFilter(
        DefinitionScope scope,
        @Nullable String definition,
        Callback.@Nullable State state,
        @Nullable Long run) {}
