package dev.bes.orchestrator.web.api.backfill;

import dev.bes.api.backfill.NewBackfillJson;
import dev.bes.orchestrator.account.Access;
import dev.bes.orchestrator.account.Role;
import dev.bes.orchestrator.definition.Definition;
import dev.bes.orchestrator.definition.Triggers.Schedule;
import dev.bes.orchestrator.definition.template.RequestParameter;
import dev.bes.orchestrator.trigger.backfill.BackfillRequest;
import dev.bes.orchestrator.trigger.backfill.BackfillRequest.Scope;
import dev.bes.orchestrator.web.problem.ProblemException;
import dev.bes.orchestrator.web.problem.ProblemKind;
import dev.bes.orchestrator.web.security.Authorization;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads what a caller asks of a backfill. */
@Component
public final class BackfillRequests {
    private static final int MOST_PARALLEL = 100;

    private final Authorization authorization;
    private final InstantSource clock;

    BackfillRequests(Authorization authorization, InstantSource clock) {
        this.authorization = authorization;
        this.clock = clock;
    }

    /**
     * The backfill that is asked for.
     *
     * @throws ProblemException if something is missing or invalid, or the caller is no operator
     */
    public BackfillRequest read(NewBackfillJson body, Access access) {
        if (body.definition() == null || body.definition().isEmpty()) {
            throw ProblemException.badRequest("'definition' is missing");
        }
        Definition definition = authorization.definition(body.definition(), access, Role.OPERATOR);
        Schedule schedule = schedule(definition, body.schedule());
        Instant from = DayParameter.time("from", body.from(), schedule.zone(), false);
        if (from == null) {
            throw ProblemException.badRequest("'from' is missing: a day such as 2026-03-01, or a time");
        }
        Instant now = clock.instant();
        Instant asked = DayParameter.time("to", body.to(), schedule.zone(), true);
        // a time that has not come is started by the schedule itself
        Instant to = asked == null || asked.isAfter(now) ? now : asked;
        if (!from.isBefore(to)) {
            throw ProblemException.badRequest("'from' is not before 'to', or lies in the future");
        }
        Map<String, String> parameters = parameters("parameters", body.parameters());
        Map<LocalDate, Map<String, String>> byDate = byDate(body.parametersByDate());
        Map<String, String> all = new LinkedHashMap<>(schedule.parameters() == null ? Map.of() : schedule.parameters());
        all.putAll(parameters);
        byDate.values().forEach(all::putAll);
        RequestParameter.check(definition, all);
        return new BackfillRequest(
                definition,
                schedule,
                from,
                to,
                scope(body.scope()),
                newestFirst(body.order()),
                parallel(body.parallel()),
                parameters,
                byDate);
    }

    private static Schedule schedule(Definition definition, @Nullable String name) {
        List<Schedule> all = definition.triggers().schedules();
        if (name == null || name.isEmpty()) {
            if (all.size() == 1) {
                return all.getFirst();
            }
            throw ProblemException.badRequest(
                    all.isEmpty()
                            ? "Definition '%s' has no schedule, so that nothing was due".formatted(definition.name())
                            : "'schedule' is missing: the definition has %s"
                                    .formatted(all.stream().map(Schedule::name).toList()));
        }
        return definition
                .triggers()
                .schedule(name)
                .orElseThrow(() -> new ProblemException(
                        ProblemKind.UNKNOWN_SCHEDULE,
                        "Definition '%s' has no such schedule".formatted(definition.name())));
    }

    private static Scope scope(@Nullable String word) {
        return word == null || word.isEmpty()
                ? Scope.MISSING
                : Arrays.stream(Scope.values())
                        .filter(scope -> scope.word().equals(word))
                        .findFirst()
                        .orElseThrow(() -> ProblemException.badRequest("'scope' is 'missing', 'failed' or 'all'"));
    }

    private static boolean newestFirst(@Nullable String order) {
        return switch (order) {
            case null -> false;
            case "", "oldest" -> false;
            case "newest" -> true;
            default -> throw ProblemException.badRequest("'order' is 'oldest' or 'newest'");
        };
    }

    private static int parallel(@Nullable Integer parallel) {
        if (parallel == null) {
            return 1;
        }
        if (parallel < 1 || parallel > MOST_PARALLEL) {
            throw ProblemException.badRequest("'parallel' is 1 to " + MOST_PARALLEL);
        }
        return parallel;
    }

    private static Map<String, String> parameters(String name, @Nullable Map<String, @Nullable String> given) {
        Map<String, String> parameters = new LinkedHashMap<>();
        if (given != null) {
            given.forEach((key, value) -> {
                if (value == null || value.indexOf('\0') >= 0) {
                    throw ProblemException.badRequest("'%s' has a value that is null or holds a NUL".formatted(name));
                }
                parameters.put(key, value);
            });
        }
        return parameters;
    }

    private static Map<LocalDate, Map<String, String>> byDate(
            @Nullable Map<String, @Nullable Map<String, @Nullable String>> given) {
        Map<LocalDate, Map<String, String>> byDate = new LinkedHashMap<>();
        if (given != null) {
            for (Map.Entry<String, @Nullable Map<String, @Nullable String>> entry : given.entrySet()) {
                @Nullable Map<String, @Nullable String> ofDay = entry.getValue();
                byDate.put(DayParameter.day("parametersByDate", entry.getKey()), parameters("parametersByDate", ofDay));
            }
        }
        return byDate;
    }
}
