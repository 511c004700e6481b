package dev.bes.orchestrator.web.page;

import dev.bes.orchestrator.account.Access;
import dev.bes.orchestrator.account.Role;
import dev.bes.orchestrator.definition.Definition;
import dev.bes.orchestrator.definition.Definitions;
import dev.bes.orchestrator.definition.template.InvalidParametersException;
import dev.bes.orchestrator.definition.template.TemplateException;
import dev.bes.orchestrator.definition.template.UnknownParameterException;
import dev.bes.orchestrator.run.Actor;
import dev.bes.orchestrator.run.shadow.ShadowReader;
import dev.bes.orchestrator.run.shadow.ShadowSummary;
import dev.bes.orchestrator.trigger.RunRefusedException;
import dev.bes.orchestrator.trigger.request.RequestTrigger;
import dev.bes.orchestrator.trigger.request.RequestTrigger.Request;
import dev.bes.orchestrator.trigger.schedule.SchedulePauses;
import dev.bes.orchestrator.trigger.schedule.SchedulePauses.Pause;
import dev.bes.orchestrator.trigger.schedule.SchedulePauses.Precondition;
import dev.bes.orchestrator.trigger.schedule.SchedulePauses.ScheduleKey;
import dev.bes.orchestrator.trigger.schedule.Schedules;
import dev.bes.orchestrator.web.api.installation.ScheduleStates;
import dev.bes.orchestrator.web.api.installation.ScheduleStates.Located;
import dev.bes.orchestrator.web.page.DefinitionCard.Refused;
import dev.bes.orchestrator.web.problem.RefusedForms;
import dev.bes.orchestrator.web.request.Reason;
import dev.bes.orchestrator.web.request.RunRequestReader;
import dev.bes.orchestrator.web.security.Authorization;
import dev.bes.orchestrator.web.security.Requires;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartHttpServletRequest;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** The page of all definitions, each with a form that runs it. */
@Controller
final class DefinitionsPage {
    private static final int LAST_SHADOWS = 1_000;
    private static final String SENT_BEFORE =
            "This form was sent before and became a run, but its content has changed since. Send it again to start a new run.";

    private final Authorization authorization;
    private final Definitions definitions;
    private final Schedules schedules;
    private final SchedulePauses pauses;
    private final ScheduleStates states;
    private final RequestTrigger requestTrigger;
    private final RunRequestReader forms;
    private final ShadowReader shadows;
    private final RefusedForms refusedForms;

    DefinitionsPage(
            Authorization authorization,
            Definitions definitions,
            Schedules schedules,
            SchedulePauses pauses,
            ScheduleStates states,
            RequestTrigger requestTrigger,
            RunRequestReader forms,
            ShadowReader shadows,
            RefusedForms refusedForms) {
        this.authorization = authorization;
        this.definitions = definitions;
        this.schedules = schedules;
        this.pauses = pauses;
        this.states = states;
        this.requestTrigger = requestTrigger;
        this.forms = forms;
        this.shadows = shadows;
        this.refusedForms = refusedForms;
    }

    @GetMapping("/definitions")
    @Requires(Role.VIEWER)
    String definitions(Model model, Access access) {
        return show(model, access, null);
    }

    @PostMapping(
            path = "/definitions/{name}/runs",
            consumes = MediaType.MULTIPART_FORM_DATA_VALUE,
            produces = MediaType.TEXT_HTML_VALUE)
    @Requires(Role.OPERATOR)
    String run(
            @PathVariable String name,
            MultipartHttpServletRequest form,
            Model model,
            HttpServletResponse response,
            Access access) {
        Request request = forms.read(name, form, access);
        try {
            return "redirect:/runs/" + requestTrigger.accept(request).id();
        } catch (RunRefusedException.NoInput
                | TemplateException
                | UnknownParameterException
                | InvalidParametersException
                | RunRefusedException.KeyReused e) {
            String why = refusedForms.refuse(e, form, response);
            return show(
                    model,
                    access,
                    new Refused(
                            name,
                            request.parameters(),
                            e instanceof RunRefusedException.KeyReused ? SENT_BEFORE : why));
        }
    }

    @PostMapping(
            path = "/definitions/{name}/schedules/{schedule}/pause",
            consumes = {MediaType.APPLICATION_FORM_URLENCODED_VALUE, MediaType.MULTIPART_FORM_DATA_VALUE},
            produces = MediaType.TEXT_HTML_VALUE)
    @Requires(Role.OPERATOR)
    String pause(
            @PathVariable String name,
            @PathVariable String schedule,
            @RequestParam String reason,
            @RequestParam(required = false) @Nullable String page,
            Access access) {
        Located located = states.find(name, schedule, access, Role.OPERATOR);
        pauses.pause(
                located.definition(),
                located.schedule(),
                Reason.of(reason),
                Actor.user(access.name()),
                Precondition.NONE);
        return back(page);
    }

    @PostMapping(
            path = "/definitions/{name}/schedules/{schedule}/resume",
            consumes = {MediaType.APPLICATION_FORM_URLENCODED_VALUE, MediaType.MULTIPART_FORM_DATA_VALUE},
            produces = MediaType.TEXT_HTML_VALUE)
    @Requires(Role.OPERATOR)
    String resume(
            @PathVariable String name,
            @PathVariable String schedule,
            @RequestParam(required = false) @Nullable String page,
            @RequestBody(required = false) byte @Nullable [] noOtherFields,
            Access access) {
        Located located = states.find(name, schedule, access, Role.OPERATOR);
        pauses.resume(located.definition(), located.schedule(), Actor.user(access.name()), Precondition.NONE);
        return back(page);
    }

    /** Both pages that list schedules have the buttons. */
    private static String back(@Nullable String page) {
        return "schedules".equals(page) ? "redirect:/schedules" : "redirect:/definitions";
    }

    private String show(Model model, Access access, @Nullable Refused refused) {
        Map<ScheduleKey, Pause> paused = pauses.all();
        model.addAttribute(
                "cards",
                authorization.visible(access).stream()
                        .map(definition -> DefinitionCard.of(definition, schedules, paused, refused))
                        .toList());
        model.addAttribute("shadows", summaries(authorization.visible(access)));
        model.addAttribute(
                "refusal",
                access.maySomewhere(Role.ADMIN) ? definitions.refusal().orElse(null) : null);
        model.addAttribute("folder", definitions.folder().toString());
        model.addAttribute(
                "api", ServletUriComponentsBuilder.fromCurrentContextPath().toUriString() + "/api/v1/runs");
        return "definitions";
    }

    /** What the shadows of definitions have found, by definition; of one that has a shadow and no verdict yet nothing. */
    private Map<String, ShadowSummary> summaries(Collection<Definition> visible) {
        Map<String, ShadowSummary> summaries = new HashMap<>();
        visible.stream()
                .filter(definition -> definition.shadow() != null)
                .forEach(definition -> shadows.summary(definition.name(), LAST_SHADOWS)
                        .ifPresent(summary -> summaries.put(definition.name(), summary)));
        return summaries;
    }
}
