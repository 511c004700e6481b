package dev.bes.orchestrator.web.request;

import dev.bes.orchestrator.definition.DefinitionScope;
import dev.bes.orchestrator.trigger.schedule.fire.FireDecision.Outcome;
import dev.bes.orchestrator.trigger.schedule.fire.FireFilter;
import dev.bes.orchestrator.trigger.schedule.fire.FireFilter.Order;
import dev.bes.orchestrator.trigger.schedule.fire.FireFilter.Position;
import dev.bes.orchestrator.trigger.schedule.fire.FireReader;
import dev.bes.orchestrator.trigger.schedule.fire.RecordedFire;
import dev.bes.orchestrator.web.list.ListQuery;
import dev.bes.orchestrator.web.problem.ProblemException;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of an address that choose fire times. An empty one is ignored.
 *
 * @param definition only those of this definition
 * @param schedule only those of schedules of this name
 * @param outcome only those of which this became
 * @param from a day or a time in UTC, included
 * @param to a day, included, or a time in UTC, not included
 */
public record FireQuery(
        @Nullable String definition,
        @Nullable String schedule,
        @Nullable String outcome,
        @Nullable String from,
        @Nullable String to) {
    private static final int LONGEST = 200;

    /**
     * The fire times that a caller may see.
     *
     * @throws ProblemException if a parameter is invalid
     */
    public FireFilter filter(DefinitionScope scope) {
        return new FireFilter(
                scope,
                name("definition", definition),
                name("schedule", schedule),
                only(),
                TimeParameter.of("from", from, false),
                TimeParameter.of("to", to, true));
    }

    /** Whether any fire time may be left out. */
    public boolean filters() {
        return Stream.of(definition, schedule, outcome, from, to).anyMatch(value -> value != null && !value.isEmpty());
    }

    /** The page of fire times that a caller asks for. */
    public static ListQuery.Page<RecordedFire> page(FireReader reader, FireFilter filter, ListQuery list) {
        Order order = new Order(list.descending(), position(list.after()));
        return list.page(
                reader.list(filter, order, list.limit() + 1),
                fire -> new ListQuery.Cursor(
                        fire.decision().time().toString(), fire.definition() + "/" + fire.schedule()));
    }

    private static @Nullable Position position(ListQuery.@Nullable Cursor after) {
        if (after == null) {
            return null;
        }
        // names of definitions hold no slash
        String[] names = after.id().split("/", 2);
        return new Position(after.time(), names[0], names.length == 1 ? "" : names[1]);
    }

    private static @Nullable String name(String parameter, @Nullable String value) {
        if (value == null || value.isEmpty()) {
            return null;
        }
        if (value.length() > LONGEST || value.indexOf('\0') >= 0) {
            throw ProblemException.badRequest(
                    "'%s' holds a NUL or more than %d characters".formatted(parameter, LONGEST));
        }
        return value;
    }

    private @Nullable Outcome only() {
        if (outcome == null || outcome.isEmpty()) {
            return null;
        }
        return Arrays.stream(Outcome.values())
                .filter(known -> known.word().equals(outcome))
                .findFirst()
                .orElseThrow(() -> ProblemException.badRequest("Unknown outcome; the outcomes are: "
                        + Arrays.stream(Outcome.values()).map(Outcome::word).collect(Collectors.joining(", "))));
    }
}
