package dev.bes.orchestrator.web.request;

import dev.bes.orchestrator.definition.DefinitionScope;
import dev.bes.orchestrator.run.State;
import dev.bes.orchestrator.run.TriggerKind;
import dev.bes.orchestrator.run.query.RunFilter;
import dev.bes.orchestrator.web.list.FilterParameter;
import dev.bes.orchestrator.web.problem.Address;
import dev.bes.orchestrator.web.problem.ProblemException;
import java.util.LinkedHashMap;
import java.util.Map;
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
    private static final int LONGEST = 1_000;

    public RunQuery {
        state = FilterParameter.given(state);
        definition = FilterParameter.given(definition);
        trigger = FilterParameter.given(trigger);
        occurrence = FilterParameter.given(occurrence);
        attention = FilterParameter.given(attention);
        acceptedFrom = FilterParameter.given(acceptedFrom);
        acceptedTo = FilterParameter.given(acceptedTo);
        before = FilterParameter.given(before);
    }

    /**
     * The runs that a caller may see.
     *
     * @throws ProblemException if a parameter is invalid
     */
    public RunFilter filter(DefinitionScope scope) {
        return new RunFilter(
                scope,
                FilterParameter.word("state", state, State.values(), State::word),
                FilterParameter.definition(definition),
                FilterParameter.word("trigger", trigger, TriggerKind.values(), TriggerKind::word),
                FilterParameter.text("occurrence", occurrence, LONGEST),
                FilterParameter.only("attention", attention),
                TimeParameter.of("acceptedFrom", acceptedFrom, false),
                TimeParameter.of("acceptedTo", acceptedTo, true),
                FilterParameter.number("before", before));
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
}
