package dev.bes.orchestrator.web.request;

import dev.bes.orchestrator.definition.DefinitionScope;
import dev.bes.orchestrator.trigger.arrival.ledger.FileFilter;
import dev.bes.orchestrator.trigger.arrival.ledger.FileState;
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
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
    private static final int LONGEST = 1_000;

    public FileQuery {
        definition = given(definition);
        state = given(state);
        name = given(name);
        from = given(from);
        to = given(to);
    }

    /**
     * The files that a caller may see.
     *
     * @throws ProblemException if a parameter is invalid
     */
    public FileFilter filter(DefinitionScope scope) {
        if (definition != null && !NAME.matcher(definition).matches()) {
            throw ProblemException.badRequest("'definition' is not the name of a definition");
        }
        if (name != null && (name.length() > LONGEST || name.indexOf('\0') >= 0)) {
            throw ProblemException.badRequest("'name' holds a NUL or more than %d characters".formatted(LONGEST));
        }
        return new FileFilter(
                scope,
                definition,
                state == null ? null : state(state),
                name,
                TimeParameter.of("from", from, false),
                TimeParameter.of("to", to, true));
    }

    private static FileState state(String word) {
        return FileState.of(word)
                .orElseThrow(() -> ProblemException.badRequest("Unknown state; the states are: "
                        + Arrays.stream(FileState.values()).map(FileState::word).collect(Collectors.joining(", "))));
    }

    /** Whether any file may be left out. */
    public boolean filters() {
        return !values().isEmpty();
    }

    /** The address of this query from a file on, as the caller of the current request reaches it. */
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
        put(values, "name", name);
        put(values, "from", from);
        put(values, "to", to);
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
