package dev.bes.orchestrator.web.api.schedule;

import dev.bes.api.definition.SimulationJson;
import dev.bes.api.definition.SimulationJson.SimulatedFireJson;
import dev.bes.orchestrator.account.Access;
import dev.bes.orchestrator.account.Role;
import dev.bes.orchestrator.definition.Definition;
import dev.bes.orchestrator.trigger.schedule.ScheduleSimulator;
import dev.bes.orchestrator.trigger.schedule.simulation.SimulatedFire;
import dev.bes.orchestrator.trigger.schedule.simulation.Simulation;
import dev.bes.orchestrator.web.list.Listed;
import dev.bes.orchestrator.web.problem.ProblemException;
import dev.bes.orchestrator.web.request.TimeParameter;
import dev.bes.orchestrator.web.security.Authorization;
import dev.bes.orchestrator.web.security.Requires;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.format.datetime.standard.DurationFormatterUtils;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What schedules will do, for programs. */
@RestController
final class SimulationApi {
    private static final Duration USUAL_SPAN = Duration.ofDays(7);
    private static final Duration LONGEST_SPAN = Duration.ofDays(366);
    private static final int MOST = 10_000;

    private final Authorization authorization;
    private final ScheduleSimulator simulator;
    private final InstantSource clock;

    SimulationApi(Authorization authorization, ScheduleSimulator simulator, InstantSource clock) {
        this.authorization = authorization;
        this.simulator = simulator;
        this.clock = clock;
    }

    @GetMapping("/api/v1/schedules/simulation")
    @Requires(Role.VIEWER)
    @Listed(of = SimulatedFireJson.class, items = "fires")
    SimulationJson simulate(
            @RequestParam(required = false) @Nullable String definition,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(required = false) @Nullable String runTime,
            @RequestParam(defaultValue = "1000") int limit,
            Access access) {
        if (limit < 1 || limit > MOST) {
            throw ProblemException.badRequest("'limit' must be a number from 1 to " + MOST);
        }
        Instant begin = TimeParameter.of("from", from, false);
        Instant first = begin == null ? clock.instant().truncatedTo(ChronoUnit.SECONDS) : begin;
        Instant end = TimeParameter.of("to", to, true);
        Instant last = end == null ? first.plus(USUAL_SPAN) : end;
        if (!last.isAfter(first) || Duration.between(first, last).compareTo(LONGEST_SPAN) > 0) {
            throw ProblemException.badRequest(
                    "'to' must be after 'from', by at most %d days".formatted(LONGEST_SPAN.toDays()));
        }
        List<Definition> definitions = definition == null || definition.isEmpty()
                ? authorization.visible(access)
                : List.of(authorization.definition(definition, access, Role.VIEWER));
        Simulation simulation = simulator.simulate(definitions, first, last, duration(runTime), limit);
        return new SimulationJson(
                first,
                last,
                simulation.complete(),
                simulation.fires().stream().map(SimulationApi::json).toList());
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

    private static SimulatedFireJson json(SimulatedFire fire) {
        return new SimulatedFireJson(
                fire.definition(),
                fire.schedule(),
                fire.decision().time(),
                fire.zone().getId(),
                fire.decision().outcome().word(),
                fire.decision().reason(),
                fire.startsAt());
    }
}
