package dev.bes.orchestrator.web.page;

import dev.bes.api.definition.FiresJson.FireJson;
import dev.bes.orchestrator.account.Access;
import dev.bes.orchestrator.account.Role;
import dev.bes.orchestrator.definition.Definition;
import dev.bes.orchestrator.text.VisibleText;
import dev.bes.orchestrator.trigger.schedule.SchedulePauses;
import dev.bes.orchestrator.trigger.schedule.SchedulePauses.Pause;
import dev.bes.orchestrator.trigger.schedule.SchedulePauses.ScheduleKey;
import dev.bes.orchestrator.trigger.schedule.Schedules;
import dev.bes.orchestrator.trigger.schedule.fire.FireDecision.Outcome;
import dev.bes.orchestrator.trigger.schedule.fire.FireReader;
import dev.bes.orchestrator.trigger.schedule.fire.RecordedFire;
import dev.bes.orchestrator.web.format.Formats;
import dev.bes.orchestrator.web.format.RelativeTimes;
import dev.bes.orchestrator.web.format.RelativeTimes.Moment;
import dev.bes.orchestrator.web.list.ListQuery;
import dev.bes.orchestrator.web.list.Listed;
import dev.bes.orchestrator.web.page.DefinitionCard.Times;
import dev.bes.orchestrator.web.request.FireQuery;
import dev.bes.orchestrator.web.security.Authorization;
import dev.bes.orchestrator.web.security.Requires;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;

/** The page of all schedules: when they fire next, and what became of their last fire times. */
@Controller
final class SchedulesPage {
    private final Authorization authorization;
    private final Schedules schedules;
    private final SchedulePauses pauses;
    private final FireReader fires;
    private final RelativeTimes times;

    SchedulesPage(
            Authorization authorization,
            Schedules schedules,
            SchedulePauses pauses,
            FireReader fires,
            RelativeTimes times) {
        this.authorization = authorization;
        this.schedules = schedules;
        this.pauses = pauses;
        this.fires = fires;
        this.times = times;
    }

    /** A schedule and its definition. */
    record ScheduleRow(String definition, Times times) {}

    /**
     * A fire time of the past.
     *
     * @param delay how long after it the run was accepted; null if none was
     * @param run the run; null without one
     */
    record FireRow(
            String definition,
            String schedule,
            Moment time,
            String outcome,
            @Nullable String reason,
            @Nullable String delay,
            @Nullable Long run) {}

    @GetMapping("/schedules")
    @Requires(Role.VIEWER)
    @Listed(
            of = FireJson.class,
            items = "fires",
            sort = {"-time"},
            usual = 50,
            most = 200)
    String schedules(@ModelAttribute("query") FireQuery query, ListQuery list, Model model, Access access) {
        Map<ScheduleKey, Pause> paused = pauses.all();
        model.addAttribute(
                "schedules",
                authorization.visible(access).stream()
                        .flatMap(definition -> rows(definition, paused))
                        .toList());
        ListQuery.Page<RecordedFire> page = FireQuery.page(fires, query.filter(access.scope(Role.VIEWER)), list);
        model.addAttribute("fires", page.items().stream().map(this::row).toList());
        model.addAttribute("older", page.next());
        model.addAttribute("newest", list.after() != null);
        model.addAttribute(
                "outcomes", Arrays.stream(Outcome.values()).map(Outcome::word).toList());
        return "schedules";
    }

    private Stream<ScheduleRow> rows(Definition definition, Map<ScheduleKey, Pause> paused) {
        return definition.triggers().schedules().stream()
                .map(schedule -> new ScheduleRow(
                        definition.name(),
                        DefinitionCard.times(
                                schedule, schedules, paused.get(new ScheduleKey(definition.name(), schedule.name())))));
    }

    private FireRow row(RecordedFire fire) {
        String reason = fire.decision().reason();
        return new FireRow(
                fire.definition(),
                fire.schedule(),
                times.of(fire.decision().time()),
                fire.decision().outcome().word(),
                reason == null ? null : VisibleText.of(reason),
                fire.delay().map(Formats::duration).orElse(null),
                fire.run());
    }
}
