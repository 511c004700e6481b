package dev.bes.orchestrator.web.request;

import dev.bes.orchestrator.account.Access;
import dev.bes.orchestrator.account.Role;
import dev.bes.orchestrator.definition.Definition;
import dev.bes.orchestrator.trigger.schedule.ScheduleSimulator;
import dev.bes.orchestrator.trigger.schedule.simulation.Simulation;
import dev.bes.orchestrator.web.problem.ProblemException;
import dev.bes.orchestrator.web.security.Authorization;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.format.datetime.standard.DurationFormatterUtils;

/**
 * The parameters of an address that say what is to be simulated. An empty one is ignored.
 *
 * @param definition only the schedules of this definition
 * @param from a day or a time in UTC, included; now without one
 * @param to a day, included, or a time in UTC, not included; seven days after {@code from} without one
 * @param runTime how long each run lasts, such as {@code 30m}; what the last runs took without one
 */
public record SimulationQuery(
        @Nullable String definition,
        @Nullable String from,
        @Nullable String to,
        @Nullable String runTime) {
    private static final Duration USUAL_SPAN = Duration.ofDays(7);
    private static final Duration LONGEST_SPAN = Duration.ofDays(366);

    /** A simulation and its span. */
    public record Simulated(Instant from, Instant to, Simulation simulation) {}

    /**
     * Simulates what a caller may see.
     *
     * @param limit the most fire times
     * @throws ProblemException if a parameter is invalid
     */
    public Simulated simulate(
            ScheduleSimulator simulator, Authorization authorization, Access access, Instant now, int limit) {
        Instant begin = TimeParameter.of("from", from, false);
        Instant first = begin == null ? now.truncatedTo(ChronoUnit.SECONDS) : begin;
        Instant end = TimeParameter.of("to", to, true);
        Instant last = end == null ? first.plus(USUAL_SPAN) : end;
        if (!last.isAfter(first) || Duration.between(first, last).compareTo(LONGEST_SPAN) > 0) {
            throw ProblemException.badRequest(
                    "'to' must be after 'from', by at most %d days".formatted(LONGEST_SPAN.toDays()));
        }
        List<Definition> definitions = definition == null || definition.isEmpty()
                ? authorization.visible(access)
                : List.of(authorization.definition(definition, access, Role.VIEWER));
        return new Simulated(first, last, simulator.simulate(definitions, first, last, duration(runTime), limit));
    }

    private static @Nullable Duration duration(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        try {
            Duration time = DurationFormatterUtils.detectAndParse(text);
            if (!time.isNegative() && time.compareTo(LONGEST_SPAN) <= 0) {
                return time;
            }
        } catch (IllegalArgumentException | ArithmeticException _) {
            // told below
        }
        throw ProblemException.badRequest(
                "'runTime' is no time such as 90s, 30m or 2h, or longer than %d days".formatted(LONGEST_SPAN.toDays()));
    }
}
