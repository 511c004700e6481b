package dev.bes.orchestrator.audit;

import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A row of the audit.
 *
 * @param id its number
 * @param at when, by the clock of the database
 * @param actor who, as {@code kind:name}, or {@code nobody}
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
        String node) {
    private static final Pattern RUN = Pattern.compile("(?:run|scoring [0-9]+ of run) ([0-9]{1,18})");

    /** The number of the run that it is about; null if it is about no run. */
    public @Nullable Long run() {
        Matcher run = RUN.matcher(object);
        return run.matches() ? Long.valueOf(run.group(1)) : null;
    }
}
