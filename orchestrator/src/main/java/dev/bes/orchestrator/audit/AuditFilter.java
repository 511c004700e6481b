package dev.bes.orchestrator.audit;

import dev.bes.orchestrator.definition.DefinitionScope;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which rows of the audit to read.
 *
 * @param scope only what belongs to these definitions; all of them include what belongs to none
 * @param actor only by this actor
 * @param action only this action
 * @param object only about this object
 * @param definition only of this definition
 * @param outcome only what came out so
 * @param from not before
 * @param to not at this time or later
 * @param before only rows with a smaller number: the last one of the page before
 */
public record AuditFilter(
        DefinitionScope scope,
        @Nullable String actor,
        @Nullable Action action,
        @Nullable String object,
        @Nullable String definition,
        @Nullable AuditOutcome outcome,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable Long before) {

    /**
     * The order in which to read.
     *
     * @param descending whether the newest come first
     * @param after begin after this row; null to begin with the first
     */
    public record Order(boolean descending, @Nullable Position after) {
        /** From the newest on. */
        static final Order NEWEST = new Order(true, null);
    }

    /** Where a row stands in the list: its time and its number. */
    public record Position(Instant at, long id) {}

    /** The same, but only rows with a smaller number. */
    public AuditFilter before(long id) {
        return new AuditFilter(scope, actor, action, object, definition, outcome, from, to, id);
    }
}
