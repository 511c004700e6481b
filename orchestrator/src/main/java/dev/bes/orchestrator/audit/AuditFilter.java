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

    /** The same, but only rows with a smaller number. */
    public AuditFilter before(long id) {
        return new AuditFilter(scope, actor, action, object, definition, outcome, from, to, id);
    }
}
