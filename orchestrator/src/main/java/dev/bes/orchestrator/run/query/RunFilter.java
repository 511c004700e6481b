package dev.bes.orchestrator.run.query;

import dev.bes.orchestrator.definition.DefinitionScope;
import dev.bes.orchestrator.run.State;
import org.jspecify.annotations.Nullable;

/**
 * Which runs to list.
 *
 * @param scope only those of these definitions
 * @param state only those in this state
 * @param definition only those of this definition
 * @param before only those with a smaller id: the last one of the page before
 */
public record RunFilter(
        DefinitionScope scope,
        @Nullable State state,
        @Nullable String definition,
        @Nullable Long before) {
    /** All runs. */
    public static final RunFilter ALL = new RunFilter(DefinitionScope.ALL, null, null, null);

    /** The same, only in this state. */
    public RunFilter in(@Nullable State only) {
        return new RunFilter(scope, only, definition, before);
    }

    /** The same, only of this definition. */
    public RunFilter of(@Nullable String only) {
        return new RunFilter(scope, state, only, before);
    }

    /** The same, only of these definitions. */
    public RunFilter within(DefinitionScope only) {
        return new RunFilter(only, state, definition, before);
    }

    /** The same, only before this run. */
    public RunFilter before(@Nullable Long id) {
        return new RunFilter(scope, state, definition, id);
    }
}
