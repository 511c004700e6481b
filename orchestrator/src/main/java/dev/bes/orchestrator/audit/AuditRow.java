package dev.bes.orchestrator.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A row of the audit.
 *
 * @param id its number
 * @param at when, by the clock of the database
 * @param actor who, as {@code kind:name}
 * @param via how the caller was known
 * @param address the address of the caller
 * @param request method and path
 * @param action what was asked for
 * @param object to what
 * @param definition the definition that it belongs to
 * @param outcome {@code allowed} or {@code refused}
 * @param before what was before
 * @param after what is now, or why it was refused
 * @param node the node that wrote the row
 */
public record AuditRow(
        long id,
        Instant at,
        String actor,
        String via,
        @Nullable String address,
        @Nullable String request,
        String action,
        String object,
        @Nullable String definition,
        String outcome,
        @Nullable String before,
        @Nullable String after,
        String node) {}
