package dev.bes.orchestrator.web.request;

import dev.bes.orchestrator.definition.DefinitionScope;
import dev.bes.orchestrator.trigger.schedule.fire.FireDecision.Outcome;
import dev.bes.orchestrator.trigger.schedule.fire.FireFilter;
import dev.bes.orchestrator.trigger.schedule.fire.FireFilter.Order;
import dev.bes.orchestrator.trigger.schedule.fire.FireFilter.Position;
import dev.bes.orchestrator.trigger.schedule.fire.FireReader;
import dev.bes.orchestrator.trigger.schedule.fire.RecordedFire;
import dev.bes.orchestrator.web.list.FilterParameter;
import dev.bes.orchestrator.web.list.ListQuery;
import dev.bes.orchestrator.web.problem.ProblemException;
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
                FilterParameter.text("definition", definition, LONGEST),
                FilterParameter.text("schedule", schedule, LONGEST),
                FilterParameter.word("outcome", outcome, Outcome.values(), Outcome::word),
                TimeParameter.of("from", from, false),
                TimeParameter.of("to", to, true));
    }

    /** Whether any fire time may be left out. */
    public boolean filters() {
        return FilterParameter.any(definition, schedule, outcome, from, to);
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
}
