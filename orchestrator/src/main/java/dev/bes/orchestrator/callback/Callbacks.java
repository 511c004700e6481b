package dev.bes.orchestrator.callback;

import dev.bes.orchestrator.audit.Action;
import dev.bes.orchestrator.audit.AuditLog;
import dev.bes.orchestrator.definition.DefinitionScope;
import dev.bes.orchestrator.run.Actor;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The callbacks of ended runs, for people and programs. */
@Component
public class Callbacks {
    private static final int MOST_OF_A_RUN = 20;

    private final CallbackRows rows;
    private final AuditLog audit;

    Callbacks(CallbackRows rows, AuditLog audit) {
        this.rows = rows;
        this.audit = audit;
    }

    /**
     * Callbacks in order of their numbers.
     *
     * @param descending whether the newest come first
     * @param after only those after this number in that order; null for all
     * @param limit how many at most
     */
    public List<Callback> list(CallbackFilter filter, boolean descending, @Nullable Long after, int limit) {
        return rows.list(filter, descending, after, limit);
    }

    /** The callbacks of a run, at most 20. */
    public List<Callback> of(long run) {
        return rows.list(new CallbackFilter(DefinitionScope.ALL, null, null, run), false, null, MOST_OF_A_RUN);
    }

    /** The callback of that number. */
    public Optional<Callback> find(long id) {
        return rows.find(id);
    }

    /** Has a callback made now, and tried again for as long as at first: also one that was delivered or given up. */
    @Transactional
    public void retry(Callback callback, Actor by) {
        rows.retry(callback.id());
        audit.allowed(
                Action.CALLBACK_RETRIED,
                by.toString(),
                "callback " + callback.id(),
                callback.definition(),
                callback.state().word(),
                null);
    }
}
