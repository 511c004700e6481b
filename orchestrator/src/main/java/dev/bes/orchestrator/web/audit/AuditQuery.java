package dev.bes.orchestrator.web.audit;

import dev.bes.orchestrator.account.Access;
import dev.bes.orchestrator.account.Role;
import dev.bes.orchestrator.audit.Action;
import dev.bes.orchestrator.audit.AuditFilter;
import dev.bes.orchestrator.audit.AuditFilter.Order;
import dev.bes.orchestrator.audit.AuditFilter.Position;
import dev.bes.orchestrator.audit.AuditLog;
import dev.bes.orchestrator.audit.AuditOutcome;
import dev.bes.orchestrator.audit.AuditReader;
import dev.bes.orchestrator.audit.AuditRow;
import dev.bes.orchestrator.web.list.FilterParameter;
import dev.bes.orchestrator.web.list.ListQuery;
import dev.bes.orchestrator.web.problem.ProblemException;
import dev.bes.orchestrator.web.request.TimeParameter;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of an address that choose rows of the audit. An empty one is ignored.
 *
 * @param actor by whom, as {@code kind:name}
 * @param action the word of an action
 * @param object about what: kind and name, such as {@code run 17}
 * @param definition of which definition
 * @param outcome {@code allowed} or {@code refused}
 * @param from a day or a time in UTC, included
 * @param to a day, included, or a time in UTC, not included
 * @param before only rows with a smaller number
 */
public record AuditQuery(
        @Nullable String actor,
        @Nullable String action,
        @Nullable String object,
        @Nullable String definition,
        @Nullable String outcome,
        @Nullable String from,
        @Nullable String to,
        @Nullable String before) {
    /**
     * The rows that a caller may see. An administrator of some definitions sees what belongs to them.
     *
     * @throws ProblemException if a parameter is invalid
     */
    AuditFilter filter(Access access) {
        return new AuditFilter(
                access.scope(Role.ADMIN),
                FilterParameter.text("actor", actor, AuditLog.LONGEST),
                FilterParameter.word("action", action, Action.values(), Action::word),
                FilterParameter.text("object", object, AuditLog.LONGEST),
                FilterParameter.text("definition", definition, AuditLog.LONGEST),
                FilterParameter.word("outcome", outcome, AuditOutcome.values(), AuditOutcome::word),
                TimeParameter.of("from", from, false),
                TimeParameter.of("to", to, true),
                FilterParameter.number("before", before));
    }

    /** Whether any row may be left out. */
    public boolean filters() {
        return FilterParameter.any(actor, action, object, definition, outcome, from, to);
    }

    /** The page of rows that a caller asks for. */
    static ListQuery.Page<AuditRow> page(AuditReader reader, AuditFilter filter, ListQuery list) {
        ListQuery.Cursor after = list.after();
        Order order = new Order(list.descending(), after == null ? null : new Position(after.time(), after.number()));
        return list.page(
                reader.list(filter, order, list.limit() + 1),
                row -> new ListQuery.Cursor(row.at().toString(), Long.toString(row.id())));
    }
}
