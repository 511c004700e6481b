package dev.bes.orchestrator.web.request;

import dev.bes.orchestrator.definition.DefinitionScope;
import dev.bes.orchestrator.run.State;
import dev.bes.orchestrator.run.query.RunFilter;
import dev.bes.orchestrator.run.query.RunReader;
import dev.bes.orchestrator.run.query.RunView;
import dev.bes.orchestrator.web.problem.Address;
import dev.bes.orchestrator.web.problem.ProblemException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Which runs to list, newest first.
 *
 * @param state only those in this state
 * @param definition only those of this definition
 * @param before only those older than this one
 * @param limit how many at most
 */
public record RunQuery(
        @Nullable State state,
        @Nullable String definition,
        @Nullable Long before,
        int limit) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
    private static final int MAX_LIMIT = 200;

    /**
     * Reads the parameters of an address; an empty one is ignored.
     *
     * @throws ProblemException if one of them is invalid
     */
    public static RunQuery of(@Nullable String state, @Nullable String definition, @Nullable Long before, int limit) {
        if (definition != null
                && !definition.isEmpty()
                && !NAME.matcher(definition).matches()) {
            throw ProblemException.badRequest("'definition' is not the name of a definition");
        }
        if (limit < 1 || limit > MAX_LIMIT) {
            throw ProblemException.badRequest("'limit' must be a number from 1 to " + MAX_LIMIT);
        }
        return new RunQuery(
                state == null || state.isEmpty() ? null : state(state),
                definition == null || definition.isEmpty() ? null : definition,
                before,
                limit);
    }

    private static State state(String word) {
        return Arrays.stream(State.values())
                .filter(state -> state.word().equals(word))
                .findFirst()
                .orElseThrow(() -> ProblemException.badRequest("Unknown state; the states are: "
                        + Arrays.stream(State.values()).map(State::word).collect(Collectors.joining(", "))));
    }

    /**
     * A page of runs.
     *
     * @param runs the runs
     * @param next the query for the next, older page; null if there is none
     */
    public record Page(List<RunView> runs, @Nullable RunQuery next) {}

    /** Reads the runs that somebody may see. */
    public Page read(RunReader reader, DefinitionScope scope) {
        List<RunView> runs = reader.list(filter(scope), limit + 1);
        if (runs.size() <= limit) {
            return new Page(runs, null);
        }
        List<RunView> shown = runs.subList(0, limit);
        return new Page(shown, new RunQuery(state, definition, shown.getLast().id(), limit));
    }

    /** The query as a filter. */
    public RunFilter filter(DefinitionScope scope) {
        return new RunFilter(scope, state, definition, before);
    }

    /** The address of this query, as the caller of the current request reaches it. */
    public String at(String path) {
        UriComponentsBuilder uri = UriComponentsBuilder.fromPath(Address.of(path));
        if (state != null) {
            uri.queryParam("state", state.word());
        }
        if (definition != null) {
            uri.queryParam("definition", definition);
        }
        if (before != null) {
            uri.queryParam("before", before);
        }
        return uri.toUriString();
    }
}
