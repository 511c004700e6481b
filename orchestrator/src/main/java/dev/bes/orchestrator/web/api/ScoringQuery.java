package dev.bes.orchestrator.web.api;

import dev.bes.orchestrator.run.State;
import dev.bes.orchestrator.run.query.ScoringReader.Filter;
import dev.bes.orchestrator.web.list.FilterParameter;
import dev.bes.orchestrator.web.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of an address that choose scorings of a run. An empty one is ignored.
 *
 * @param state only those in this state
 * @param attention {@code true}: only those that need attention
 * @param after only those after this position
 */
record ScoringQuery(
        @Nullable String state,
        @Nullable String attention,
        @Nullable String after) {

    /**
     * The scorings to read.
     *
     * @throws ProblemException if a parameter is invalid
     */
    Filter filter() {
        Long position = FilterParameter.number("after", after);
        return new Filter(
                FilterParameter.word("state", state, State.values(), State::word),
                FilterParameter.only("attention", attention),
                position == null ? 0 : position);
    }
}
