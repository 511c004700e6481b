package dev.bes.api.installation;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of the audit.
 *
 * @param entries the entries, newest first
 * @param next where to find older ones, if there are any
 */
public record AuditJson(
        List<AuditEntryJson> entries, @Nullable String next) {

    /**
     * A change or a sign-in, allowed or refused.
     *
     * @param id its number
     * @param at when, by the clock of the database
     * @param actor who, as {@code kind:name}
     * @param via how the caller was known: by his {@code session} or {@code token}, because all is {@code open}, or not at
     *     all; at a sign-in {@code password} or {@code provider}
     * @param address the address of the caller
     * @param request method and path
     * @param action what was asked for
     * @param object to what: kind and name
     * @param definition the definition that it belongs to
     * @param outcome {@code allowed} or {@code refused}
     * @param before what was before
     * @param after what is now, or why it was refused
     * @param node the node that wrote the entry
     */
    public record AuditEntryJson(
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
}
