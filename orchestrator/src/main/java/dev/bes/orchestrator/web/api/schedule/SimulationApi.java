package dev.bes.orchestrator.web.api.schedule;

import dev.bes.api.definition.SimulationJson;
import dev.bes.api.definition.SimulationJson.SimulatedFireJson;
import dev.bes.orchestrator.account.Access;
import dev.bes.orchestrator.account.Role;
import dev.bes.orchestrator.trigger.schedule.ScheduleSimulator;
import dev.bes.orchestrator.trigger.schedule.simulation.SimulatedFire;
import dev.bes.orchestrator.web.list.Listed;
import dev.bes.orchestrator.web.problem.ProblemException;
import dev.bes.orchestrator.web.request.SimulationQuery;
import dev.bes.orchestrator.web.request.SimulationQuery.Simulated;
import dev.bes.orchestrator.web.security.Authorization;
import dev.bes.orchestrator.web.security.Requires;
import java.time.InstantSource;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What schedules will do, for programs. */
@RestController
final class SimulationApi {
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
            @ModelAttribute SimulationQuery query, @RequestParam(defaultValue = "1000") int limit, Access access) {
        if (limit < 1 || limit > MOST) {
            throw ProblemException.badRequest("'limit' must be a number from 1 to " + MOST);
        }
        Simulated simulated = query.simulate(simulator, authorization, access, clock.instant(), limit);
        return new SimulationJson(
                simulated.from(),
                simulated.to(),
                simulated.simulation().complete(),
                simulated.simulation().fires().stream().map(SimulationApi::json).toList());
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
