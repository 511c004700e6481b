package dev.bes.orchestrator.web.page.trigger;

import dev.bes.orchestrator.account.Access;
import dev.bes.orchestrator.account.Role;
import dev.bes.orchestrator.text.VisibleText;
import dev.bes.orchestrator.trigger.schedule.ScheduleSimulator;
import dev.bes.orchestrator.trigger.schedule.simulation.SimulatedFire;
import dev.bes.orchestrator.web.format.RelativeTimes;
import dev.bes.orchestrator.web.format.RelativeTimes.Moment;
import dev.bes.orchestrator.web.request.SimulationQuery;
import dev.bes.orchestrator.web.request.SimulationQuery.Simulated;
import dev.bes.orchestrator.web.security.Authorization;
import dev.bes.orchestrator.web.security.Requires;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;

/** The page of the fire times that are to come. */
@Controller
final class SimulationPage {
    private static final int MOST = 500;
    private static final DateTimeFormatter LOCAL =
            DateTimeFormatter.ofPattern("EEE uuuu-MM-dd HH:mm:ss", Locale.ENGLISH);

    private final Authorization authorization;
    private final ScheduleSimulator simulator;
    private final RelativeTimes times;
    private final InstantSource clock;

    SimulationPage(Authorization authorization, ScheduleSimulator simulator, RelativeTimes times, InstantSource clock) {
        this.authorization = authorization;
        this.simulator = simulator;
        this.times = times;
        this.clock = clock;
    }

    /**
     * A fire time that is to come.
     *
     * @param local by the clock of the schedule
     * @param startsAt when its run starts, if that is later than the fire time
     */
    record Row(
            String definition,
            String schedule,
            Moment time,
            String local,
            String zone,
            String outcome,
            @Nullable String reason,
            @Nullable Moment startsAt) {}

    @GetMapping("/schedules/simulation")
    @Requires(Role.VIEWER)
    String simulate(@ModelAttribute("query") SimulationQuery query, Model model, Access access) {
        Simulated simulated = query.simulate(simulator, authorization, access, clock.instant(), MOST);
        model.addAttribute("from", times.of(simulated.from()));
        model.addAttribute("to", times.of(simulated.to()));
        model.addAttribute("complete", simulated.simulation().complete());
        model.addAttribute(
                "fires", simulated.simulation().fires().stream().map(this::row).toList());
        return "simulation";
    }

    private Row row(SimulatedFire fire) {
        String reason = fire.decision().reason();
        boolean isLate = fire.startsAt() != null
                && fire.startsAt().isAfter(fire.decision().time());
        return new Row(
                fire.definition(),
                fire.schedule(),
                times.of(fire.decision().time()),
                LOCAL.format(fire.decision().time().atZone(fire.zone())),
                fire.zone().getId(),
                fire.decision().outcome().word(),
                reason == null ? null : VisibleText.of(reason),
                isLate ? times.ofNullable(fire.startsAt()) : null);
    }
}
