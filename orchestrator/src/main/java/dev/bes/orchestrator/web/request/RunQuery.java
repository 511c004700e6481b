package dev.bes.orchestrator.web.request;

import dev.bes.orchestrator.definition.DefinitionScope;
import dev.bes.orchestrator.run.State;
import dev.bes.orchestrator.run.TriggerKind;
import dev.bes.orchestrator.run.query.RunFilter;
import dev.bes.orchestrator.web.problem.Address;
import dev.bes.orchestrator.web.problem.ProblemException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * The parameters of an address that choose runs. An empty one is ignored.
 *
 * @param state only those in this state
 * @param definition only those of this definition
 * @param trigger only those that a schedule, files or a request asked for
 * @param occurrence only those of this occurrence, such as {@code request:strikes-1}
 * @param attention {@code true}: only those with a scoring that needs attention
 * @param acceptedFrom a day or a time in UTC, included
 * @param acceptedTo a day, included, or a time in UTC, not included
 * @param before only those with a smaller id
 */
public record RunQuery(
        @Nullable String state,
        @Nullable String definition,
        @Nullable String trigger,
        @Nullable String occurrence,
        @Nullable String attention,
        @Nullable String acceptedFrom,
        @Nullable String acceptedTo,
        @Nullable String before) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
    private static final Pattern ID = Pattern.compile("[0-9]{1,18}");
    private static final int LONGEST = 1_000;

    public RunQuery {
        state = given(state);
        definition = given(definition);
        trigger = given(trigger);
        occurrence = given(occurrence);
        attention = given(attention);
        acceptedFrom = given(acceptedFrom);
        acceptedTo = given(acceptedTo);
        before = given(before);
    }

    /**
     * The runs that a caller may see.
     *
     * @throws ProblemException if a parameter is invalid
     */
    public RunFilter filter(DefinitionScope scope) {
        if (definition != null && !NAME.matcher(definition).matches()) {
            throw ProblemException.badRequest("'definition' is not the name of a definition");
        }
        if (occurrence != null && (occurrence.length() > LONGEST || occurrence.indexOf('\0') >= 0)) {
            throw ProblemException.badRequest("'occurrence' holds a NUL or more than %d characters".formatted(LONGEST));
        }
        if (before != null && !ID.matcher(before).matches()) {
            throw ProblemException.badRequest("'before' is not a number, or the number is too large");
        }
        return new RunFilter(
                scope,
                word("state", state, State.values(), State::word),
                definition,
                word("trigger", trigger, TriggerKind.values(), TriggerKind::word),
                occurrence,
                needsAttention(),
                TimeParameter.of("acceptedFrom", acceptedFrom, false),
                TimeParameter.of("acceptedTo", acceptedTo, true),
                before == null ? null : Long.valueOf(before));
    }

    private boolean needsAttention() {
        if (attention == null || attention.equals("false")) {
            return false;
        }
        if (attention.equals("true")) {
            return true;
        }
        throw ProblemException.badRequest("'attention' is 'true', or left out for all runs");
    }

    private static <E> @Nullable E word(String name, @Nullable String word, E[] values, Function<E, String> wordOf) {
        if (word == null) {
            return null;
        }
        return Arrays.stream(values)
                .filter(value -> wordOf.apply(value).equals(word))
                .findFirst()
                .orElseThrow(() -> ProblemException.badRequest("Unknown %s; the %ss are: %s"
                        .formatted(name, name, Arrays.stream(values).map(wordOf).collect(Collectors.joining(", ")))));
    }

    /** Whether any run may be left out. */
    public boolean filters() {
        return !given().isEmpty();
    }

    /** The same, only in this state, from the newest on. */
    public RunQuery in(@Nullable String only) {
        return new RunQuery(only, definition, trigger, occurrence, attention, acceptedFrom, acceptedTo, null);
    }

    /** The same, only before this run. */
    public RunQuery before(long id) {
        String text = Long.toString(id);
        return new RunQuery(state, definition, trigger, occurrence, attention, acceptedFrom, acceptedTo, text);
    }

    /** The address of this query, as the caller of the current request reaches it. */
    public String at(String path) {
        UriComponentsBuilder uri = UriComponentsBuilder.fromPath(Address.of(path));
        Map<String, String> given = given();
        given.keySet().forEach(name -> uri.queryParam(name, "{" + name + "}"));
        return uri.encode().buildAndExpand(given).toUriString();
    }

    private Map<String, String> given() {
        Map<String, String> given = new LinkedHashMap<>();
        put(given, "state", state);
        put(given, "definition", definition);
        put(given, "trigger", trigger);
        put(given, "occurrence", occurrence);
        put(given, "attention", attention);
        put(given, "acceptedFrom", acceptedFrom);
        put(given, "acceptedTo", acceptedTo);
        put(given, "before", before);
        return given;
    }

    private static void put(Map<String, String> given, String name, @Nullable String value) {
        if (value != null) {
            given.put(name, value);
        }
    }

    private static @Nullable String given(@Nullable String value) {
        return value == null || value.isEmpty() ? null : value;
    }
}
