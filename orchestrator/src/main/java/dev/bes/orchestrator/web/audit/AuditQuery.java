package dev.bes.orchestrator.web.audit;

import dev.bes.orchestrator.account.Access;
import dev.bes.orchestrator.account.Role;
import dev.bes.orchestrator.audit.Action;
import dev.bes.orchestrator.audit.AuditFilter;
import dev.bes.orchestrator.audit.AuditLog;
import dev.bes.orchestrator.audit.AuditOutcome;
import dev.bes.orchestrator.web.problem.ProblemException;
import dev.bes.orchestrator.web.request.TimeParameter;
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
        @Nullable String before) {
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
                TimeParameter.of("from", from, false),
                TimeParameter.of("to", to, true),
                number(before));
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

    private static @Nullable Long number(@Nullable String value) {
        if (value == null || value.isEmpty()) {
            return null;
        }
        try {
            return Long.valueOf(value);
        } catch (NumberFormatException e) {
            throw ProblemException.badRequest(
                    "'before' is not the number of a row: take the address of the next rows from the answer before");
        }
    }
}
