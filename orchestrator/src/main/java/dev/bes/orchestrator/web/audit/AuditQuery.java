package dev.bes.orchestrator.web.audit;

import dev.bes.orchestrator.account.Access;
import dev.bes.orchestrator.account.Role;
import dev.bes.orchestrator.audit.Action;
import dev.bes.orchestrator.audit.AuditFilter;
import dev.bes.orchestrator.audit.AuditLog;
import dev.bes.orchestrator.audit.AuditOutcome;
import dev.bes.orchestrator.web.problem.ProblemException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;

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
        @Nullable Long before) {
    /**
     * The rows that a caller may see. An administrator of some definitions sees what belongs to them.
     *
     * @throws ProblemException if a parameter is invalid
     */
    AuditFilter filter(Access access) {
        return new AuditFilter(
                access.scope(Role.ADMIN),
                text("actor", actor),
                only(),
                text("object", object),
                text("definition", definition),
                cameOut(),
                time("from", from, false),
                time("to", to, true),
                before);
    }

    /** Whether any row may be left out. */
    public boolean filters() {
        return Stream.of(actor, action, object, definition, outcome, from, to)
                .anyMatch(value -> value != null && !value.isEmpty());
    }

    /** The address of the rows after the last one that is shown. */
    String next(String path, long last) {
        UriComponentsBuilder uri = UriComponentsBuilder.fromPath(path);
        add(uri, "actor", actor);
        add(uri, "action", action);
        add(uri, "object", object);
        add(uri, "definition", definition);
        add(uri, "outcome", outcome);
        add(uri, "from", from);
        add(uri, "to", to);
        return uri.queryParam("before", last).encode().build().toUriString();
    }

    private static void add(UriComponentsBuilder uri, String name, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            uri.queryParam(name, "{" + name + "}").uriVariables(Map.of(name, value));
        }
    }

    private @Nullable Action only() {
        String word = text("action", action);
        return word == null
                ? null
                : Action.of(word)
                        .orElseThrow(() -> ProblemException.badRequest("Unknown 'action'; the actions are: "
                                + Arrays.stream(Action.values())
                                        .map(Action::word)
                                        .collect(Collectors.joining(", "))));
    }

    private @Nullable AuditOutcome cameOut() {
        String word = text("outcome", outcome);
        return word == null
                ? null
                : AuditOutcome.of(word)
                        .orElseThrow(() -> ProblemException.badRequest(
                                "'outcome' is 'allowed' or 'refused', or left out for both"));
    }

    private static @Nullable String text(String name, @Nullable String value) {
        if (value == null || value.isEmpty()) {
            return null;
        }
        if (value.length() > AuditLog.LONGEST || value.indexOf('\0') >= 0) {
            throw ProblemException.badRequest(
                    "'%s' holds a NUL or more than %d characters".formatted(name, AuditLog.LONGEST));
        }
        return value;
    }

    /** PostgreSQL's times end in the year 294276; nobody asks for rows after 9999. */
    private static @Nullable Instant time(String name, @Nullable String value, boolean end) {
        if (value == null || value.isEmpty()) {
            return null;
        }
        try {
            if (value.length() == 10) {
                LocalDate day = LocalDate.parse(value);
                return (end ? day.plusDays(1) : day)
                        .atStartOfDay(ZoneOffset.UTC)
                        .toInstant();
            }
            Instant time = Instant.parse(value);
            if (time.atOffset(ZoneOffset.UTC).getYear() <= 9999
                    && time.atOffset(ZoneOffset.UTC).getYear() > 0) {
                return time;
            }
        } catch (DateTimeParseException e) {
            // told below
        }
        throw ProblemException.badRequest(
                "'%s' is neither a day such as 2026-11-28 nor a time such as 2026-11-28T09:30:00Z".formatted(name));
    }
}
