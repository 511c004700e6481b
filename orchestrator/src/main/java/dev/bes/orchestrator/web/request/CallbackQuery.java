package dev.bes.orchestrator.web.request;

import dev.bes.orchestrator.callback.Callback;
import dev.bes.orchestrator.callback.CallbackFilter;
import dev.bes.orchestrator.definition.DefinitionScope;
import dev.bes.orchestrator.web.problem.Address;
import dev.bes.orchestrator.web.problem.ProblemException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;

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
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
    private static final Pattern ID = Pattern.compile("[0-9]{1,18}");

    public CallbackQuery {
        definition = given(definition);
        state = given(state);
        run = given(run);
    }

    /**
     * The callbacks that a caller may see.
     *
     * @throws ProblemException if a parameter is invalid
     */
    public CallbackFilter filter(DefinitionScope scope) {
        if (definition != null && !NAME.matcher(definition).matches()) {
            throw ProblemException.badRequest("'definition' is not the name of a definition");
        }
        if (run != null && !ID.matcher(run).matches()) {
            throw ProblemException.badRequest("'run' is not a number, or the number is too large");
        }
        return new CallbackFilter(
                scope, definition, state == null ? null : state(state), run == null ? null : Long.valueOf(run));
    }

    private static Callback.State state(String word) {
        return Callback.State.of(word)
                .orElseThrow(() -> ProblemException.badRequest("Unknown state; the states are: "
                        + Arrays.stream(Callback.State.values())
                                .map(Callback.State::word)
                                .collect(Collectors.joining(", "))));
    }

    /** Whether any callback may be left out. */
    public boolean filters() {
        return !values().isEmpty();
    }

    /** The address of this query from a callback on, as the caller of the current request reaches it. */
    public String after(String path, long id) {
        Map<String, String> values = values();
        values.put("after", Long.toString(id));
        UriComponentsBuilder uri = UriComponentsBuilder.fromPath(Address.of(path));
        values.keySet().forEach(key -> uri.queryParam(key, "{" + key + "}"));
        return uri.encode().buildAndExpand(values).toUriString();
    }

    private Map<String, String> values() {
        Map<String, String> values = new LinkedHashMap<>();
        put(values, "definition", definition);
        put(values, "state", state);
        put(values, "run", run);
        return values;
    }

    private static void put(Map<String, String> values, String key, @Nullable String value) {
        if (value != null) {
            values.put(key, value);
        }
    }

    private static @Nullable String given(@Nullable String value) {
        return value == null || value.isEmpty() ? null : value;
    }
}
