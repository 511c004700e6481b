package dev.bes.orchestrator.web.request;

import dev.bes.orchestrator.callback.Callback;
import dev.bes.orchestrator.callback.CallbackFilter;
import dev.bes.orchestrator.definition.DefinitionScope;
import dev.bes.orchestrator.web.list.FilterParameter;
import dev.bes.orchestrator.web.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of an address that choose callbacks. An empty one is ignored.
 *
 * @param definition only those of this definition
 * @param state only those in this state
 * @param run only those of this run
 */
public record CallbackQuery(
        @Nullable String definition,
        @Nullable String state,
        @Nullable String run) {

    /**
     * The callbacks that a caller may see.
     *
     * @throws ProblemException if a parameter is invalid
     */
    public CallbackFilter filter(DefinitionScope scope) {
        return new CallbackFilter(
                scope,
                FilterParameter.definition(definition),
                FilterParameter.word("state", state, Callback.State.values(), Callback.State::word),
                FilterParameter.number("run", run));
    }

    /** Whether any callback may be left out. */
    public boolean filters() {
        return FilterParameter.any(definition, state, run);
    }
}
