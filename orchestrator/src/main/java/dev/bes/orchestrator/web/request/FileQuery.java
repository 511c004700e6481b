package dev.bes.orchestrator.web.request;

import dev.bes.orchestrator.definition.DefinitionScope;
import dev.bes.orchestrator.trigger.arrival.ledger.FileFilter;
import dev.bes.orchestrator.trigger.arrival.ledger.FileState;
import dev.bes.orchestrator.web.list.FilterParameter;
import dev.bes.orchestrator.web.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of an address that choose arriving files. An empty one is ignored.
 *
 * @param definition only those of this definition
 * @param state only those in this state
 * @param name only those of this name; with a {@code *} at its end, those whose names begin so
 * @param from a day or a time in UTC, included: when they were first seen
 * @param to a day, included, or a time in UTC, not included
 */
public record FileQuery(
        @Nullable String definition,
        @Nullable String state,
        @Nullable String name,
        @Nullable String from,
        @Nullable String to) {
    private static final int LONGEST = 1_000;

    /**
     * The files that a caller may see.
     *
     * @throws ProblemException if a parameter is invalid
     */
    public FileFilter filter(DefinitionScope scope) {
        return new FileFilter(
                scope,
                FilterParameter.definition(definition),
                FilterParameter.word("state", state, FileState.values(), FileState::word),
                FilterParameter.text("name", name, LONGEST),
                TimeParameter.of("from", from, false),
                TimeParameter.of("to", to, true));
    }

    /** Whether any file may be left out. */
    public boolean filters() {
        return FilterParameter.any(definition, state, name, from, to);
    }
}
