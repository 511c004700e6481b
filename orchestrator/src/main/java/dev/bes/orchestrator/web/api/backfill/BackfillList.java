package dev.bes.orchestrator.web.api.backfill;

import dev.bes.orchestrator.account.Access;
import dev.bes.orchestrator.account.Role;
import dev.bes.orchestrator.trigger.backfill.Backfill;
import dev.bes.orchestrator.trigger.backfill.Backfill.State;
import dev.bes.orchestrator.trigger.backfill.BackfillFilter;
import dev.bes.orchestrator.trigger.backfill.BackfillFilter.Order;
import dev.bes.orchestrator.trigger.backfill.BackfillFilter.Position;
import dev.bes.orchestrator.trigger.backfill.Backfills;
import dev.bes.orchestrator.web.list.FilterParameter;
import dev.bes.orchestrator.web.list.ListQuery;
import dev.bes.orchestrator.web.list.ListQuery.Cursor;
import dev.bes.orchestrator.web.problem.ProblemException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads the list of backfills. */
final class BackfillList {
    private static final int LONGEST = 200;

    private BackfillList() {}

    /**
     * The page that a caller asks for.
     *
     * @throws ProblemException if a parameter is invalid
     */
    static ListQuery.Page<Backfill> page(
            Backfills backfills, Access access, @Nullable String definition, @Nullable String state, ListQuery list) {
        BackfillFilter filter = new BackfillFilter(
                access.scope(Role.VIEWER),
                FilterParameter.text("definition", definition, LONGEST),
                FilterParameter.word("state", state, State.values(), State::word));
        BackfillFilter.Key key = BackfillFilter.Key.valueOf(list.key().toUpperCase(Locale.ROOT));
        Cursor after = list.after();
        Order order = new Order(key, list.descending(), after == null ? null : position(key, after));
        return list.page(
                backfills.list(filter, order, list.limit() + 1),
                backfill -> new Cursor(text(key, backfill), Long.toString(backfill.id())));
    }

    private static String text(BackfillFilter.Key key, Backfill backfill) {
        return switch (key) {
            case ID -> Long.toString(backfill.id());
            case DEFINITION -> backfill.definition();
            case CREATED -> backfill.createdAt().toString();
        };
    }

    private static Position position(BackfillFilter.Key key, Cursor after) {
        return new Position(
                switch (key) {
                    case ID -> after.number();
                    case DEFINITION -> after.key();
                    case CREATED -> after.time();
                },
                after.number());
    }
}
